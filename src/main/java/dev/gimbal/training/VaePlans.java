package dev.gimbal.training;

import dev.gimbal.dataset.BadInputException;
import dev.gimbal.dataset.Modality;
import dev.gimbal.dataset.MultimodalDataset;
import dev.gimbal.dataset.Split;
import dev.gimbal.distribution.Likelihood;
import dev.gimbal.family.Architecture;
import dev.gimbal.family.Dmvae;
import dev.gimbal.family.Family;
import dev.gimbal.family.GenerativeLayout;
import dev.gimbal.family.Mmvae;
import dev.gimbal.family.MoPoe;
import dev.gimbal.family.MultimodalVae;
import dev.gimbal.family.Mvae;
import dev.gimbal.network.Network;
import dev.gimbal.preprocessing.Preprocessing;
import dev.gimbal.preprocessing.Tokens;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Makes a multimodal VAE and its training plan: one stage in which everything is trained.
final class VaePlans {
    private VaePlans() {}

    static TrainingPlan of(MultimodalVae model, VaeSettings settings, MultimodalDataset dataset) {
        EncodedObjective bound =
                switch (model) {
                    case Dmvae dmvae -> new DmvaeObjective(dmvae, settings);
                    case Mvae mvae -> new MvaeObjective(mvae, settings);
                    case Mmvae mmvae -> new MmvaeObjective(mmvae, settings);
                    case MoPoe mopoe -> new MoPoeObjective(mopoe, settings);
                };
        Objective objective =
                settings.matching() == null
                        ? bound
                        : new MatchingObjective(bound, settings.matching());
        Stage stage =
                new Stage(
                        "bound",
                        settings.epochs(dataset.size(Split.TRAIN)),
                        settings.batchSize(),
                        List.of(
                                new ParameterGroup(
                                        List.of("encoder.", "decoder."), settings.learningRate())),
                        Schedule.cosine(settings.endFactor()),
                        Stage.DataView.RAW,
                        objective,
                        false,
                        false,
                        Stage.Preparation.NONE);
        return new TrainingPlan(
                model,
                List.of(stage),
                null,
                new BoundCriterion(model, objective),
                settings.matching() == null ? null : settings.matching().classes());
    }

    /// The model that settings describe.
    ///
    /// @throws BadInputException when they do not suit the family or the data set
    static Architecture architecture(
            Family family, VaeSettings settings, MultimodalDataset dataset) {
        requireTerms(family, settings.without(), dataset);
        Map<String, Network> networks = new TreeMap<>();
        Map<String, Preprocessing> preprocessing = new TreeMap<>();
        Map<String, Integer> privates = new TreeMap<>();
        Map<String, Likelihood> likelihoods = new TreeMap<>();
        for (Modality modality : dataset.modalities()) {
            String name = modality.name();
            int own = Settings.of("privates", settings.privates(), modality);
            EncoderSettings.Encoder encoder =
                    Settings.of("encoders", settings.encoders(), modality)
                            .of(
                                    modality,
                                    TrainingSplit.of(dataset, modality),
                                    2 * (settings.shared() + own));
            Likelihood likelihood = Settings.of("likelihoods", settings.likelihoods(), modality);
            requireSuited(likelihood.kind(), modality, encoder.preprocessing());
            privates.put(name, own);
            likelihoods.put(name, likelihood);
            networks.put("encoder." + name, encoder.network());
            networks.put(
                    "decoder." + name,
                    Settings.of("decoders", settings.decoders(), modality)
                            .of(modality, settings.shared() + own, drawn(modality, encoder)));
            if (encoder.preprocessing() != null) {
                preprocessing.put(name, encoder.preprocessing());
            }
        }
        return new Architecture(
                family,
                dataset.modalities(),
                preprocessing,
                networks,
                Map.of(),
                new GenerativeLayout(
                        settings.posterior(), settings.shared(), privates, likelihoods));
    }

    /// @throws BadInputException when terms to leave out are none of the family's objective, or
    ///   leave a modality without any
    private static void requireTerms(
            Family family, List<String> without, MultimodalDataset dataset) {
        if (without.isEmpty()) {
            return;
        }
        if (family != Family.DMVAE) {
            throw new BadInputException("without", without, "is of no use to " + family.id());
        }
        Map<String, List<String>> terms = DmvaeObjective.terms(dataset.modalities());
        List<String> known =
                Stream.concat(
                                Stream.of(VaeSettings.JOINT),
                                terms.values().stream().flatMap(List::stream))
                        .toList();
        for (String term : without) {
            if (!known.contains(term)) {
                throw new BadInputException(
                        "without", term, "is no term of the objective, which are " + known);
            }
        }
        terms.forEach((modality, own) -> {
            if (own.stream().allMatch(term -> DmvaeObjective.isWithout(without, term))) {
                throw new BadInputException(
                        "without", without, "leaves no term that draws '%s'".formatted(modality));
            }
        });
    }

    /// Words are categorical, and nothing else is.
    ///
    /// @throws BadInputException when a likelihood does not suit what the encoder takes
    private static void requireSuited(
            Likelihood.Kind kind, Modality modality, @Nullable Preprocessing preprocessing) {
        boolean words = preprocessing instanceof Tokens;
        if (words != (kind == Likelihood.Kind.CATEGORICAL)) {
            throw new BadInputException(
                    "likelihoods." + modality.name(),
                    kind,
                    words
                            ? "does not draw words; CATEGORICAL does"
                            : "draws words, but '%s' is read as numbers"
                                    .formatted(modality.name()));
        }
    }

    /// Entries of a decoder's output: of words a logit for each, else what the encoder takes.
    private static int drawn(Modality modality, EncoderSettings.Encoder encoder) {
        return switch (encoder.preprocessing()) {
            case null -> modality.size();
            case Tokens tokens -> tokens.ids();
            case Preprocessing other -> other.outputSize();
        };
    }
}
