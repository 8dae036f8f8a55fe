package dev.gimbal.training;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.DataType;
import dev.gimbal.dataset.Modality;
import dev.gimbal.distribution.Constant;
import dev.gimbal.distribution.Density;
import dev.gimbal.family.Dmvae;
import dev.gimbal.objective.Loss;
import dev.gimbal.training.EncodedBatch.Seen;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Eq. 3 of Lee and Pavlovic 2021, negated: for each modality i its reconstruction from the joint
/// belief about the shared latent, from its own (self) and from that of every other modality
/// (cross), each less the divergences of the latents that it was drawn from. Where something is
/// absent, each term is the mean over the rows that have all it needs, the joint ones at least two
/// modalities.
record DmvaeObjective(Dmvae model, VaeSettings settings) implements EncodedObjective {

    /// What is believed of the shared latent, and one sample of it.
    ///
    /// @param presence where it is believed so, `[batch, 1]`; `null` for everywhere
    private record Source(@Nullable NDArray presence, Density belief, NDArray sample) {}

    @Override
    public Loss of(EncodedBatch encoded) {
        Map<String, Source> sources = new LinkedHashMap<>();
        if (!settings.without().contains(VaeSettings.JOINT)) {
            Density joint = model.fuse(encoded.beliefs(encoded.modalities()));
            NDArray presence = together(encoded.modalities());
            sources.put(VaeSettings.JOINT, new Source(presence, joint, encoded.sample(joint)));
        }
        encoded.modalities()
                .forEach(one ->
                        sources.put(
                                one.name(),
                                new Source(
                                        one.presence(),
                                        one.shared(),
                                        encoded.sample(one.shared()))));
        Loss loss = new Loss();
        encoded.modalities().forEach(one -> reconstruct(loss, encoded, one, sources));
        return loss;
    }

    /// The terms that draw each modality, by its name: from the joint belief, from its own and from
    /// that of every other.
    static Map<String, List<String>> terms(List<Modality> modalities) {
        List<String> names = modalities.stream().map(Modality::name).toList();
        List<String> sources = Stream.concat(Stream.of(VaeSettings.JOINT), names.stream()).toList();
        Map<String, List<String>> terms = new LinkedHashMap<>();
        for (String to : names) {
            terms.put(to, sources.stream().map(from -> VaeSettings.cross(from, to)).toList());
        }
        return terms;
    }

    /// Whether an ablation leaves this term out, by its name or with all that are joint.
    static boolean isWithout(List<String> without, String term) {
        return without.contains(term)
                || without.contains(VaeSettings.JOINT)
                        && term.startsWith(VaeSettings.cross(VaeSettings.JOINT, ""));
    }

    /// Where at least two modalities were observed, `[batch, 1]`: of one alone the product of
    /// experts is no joint belief. `null` where all were, everywhere.
    private static @Nullable NDArray together(List<Seen> modalities) {
        List<NDArray> partial =
                modalities.stream().map(Seen::presence).filter(Objects::nonNull).toList();
        if (partial.isEmpty()) {
            return null;
        }
        NDArray observed =
                Constant.times(modalities.size() - partial.size(), partial.getFirst().onesLike());
        for (NDArray presence : partial) {
            observed = observed.add(presence);
        }
        return observed.gte(2).toType(DataType.FLOAT32, false);
    }

    private void reconstruct(
            Loss loss, EncodedBatch encoded, Seen one, Map<String, Source> sources) {
        List<String> names = new ArrayList<>(sources.keySet());
        names.removeIf(name -> isWithout(settings.without(), VaeSettings.cross(name, one.name())));
        List<Source> used = names.stream().map(sources::get).toList();
        List<NDArray> likelihoods =
                encoded.logLikelihoods(one, used.stream().map(Source::sample).toList());
        NDArray own = EncodedBatch.ownDivergence(one);
        for (int i = 0; i < used.size(); i++) {
            Source source = used.get(i);
            NDArray presence = EncodedBatch.both(one.presence(), source.presence());
            NDArray divergence = source.belief().divergenceFromStandard();
            String term = VaeSettings.cross(names.get(i), one.name());
            loss.add(term, -1, EncodedBatch.mean(likelihoods.get(i), presence));
            loss.add(
                    "kl." + term,
                    1,
                    EncodedBatch.mean(own == null ? divergence : divergence.add(own), presence));
        }
    }
}
