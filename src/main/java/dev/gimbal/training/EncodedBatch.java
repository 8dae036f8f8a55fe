package dev.gimbal.training;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import dev.gimbal.dataset.Modality;
import dev.gimbal.distribution.Constant;
import dev.gimbal.distribution.Density;
import dev.gimbal.distribution.Likelihood;
import dev.gimbal.family.MultimodalVae;
import dev.gimbal.family.MultimodalVae.Belief;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/// One batch as a multimodal VAE sees it: every modality encoded once, its own latent sampled.
final class EncodedBatch {
    private final MultimodalVae model;
    private final VaeSettings settings;
    private final Batch batch;
    private final Map<String, Seen> seen = new LinkedHashMap<>();

    EncodedBatch(MultimodalVae model, VaeSettings settings, Batch batch) {
        this.model = model;
        this.settings = settings;
        this.batch = batch;
        for (Modality modality : model.architecture().modalities()) {
            NDArray x = batch.value(modality.name());
            MultimodalVae.Encoding encoding = model.encode(modality.name(), x);
            Density own = encoding.own();
            seen.put(
                    modality.name(),
                    new Seen(
                            modality,
                            x,
                            batch.presence(modality.name()),
                            encoding.shared(),
                            own,
                            own == null ? null : sample(own)));
        }
    }

    /// One modality of the batch.
    ///
    /// @param presence 1 where it was observed, `[batch, 1]`; `null` where it always was
    /// @param own belief about its own latent, and one sample of it; `null` where it has none
    record Seen(
            Modality modality,
            NDArray x,
            @Nullable NDArray presence,
            Density shared,
            @Nullable Density own,
            @Nullable NDArray ownSample) {

        String name() {
            return modality.name();
        }

        Belief belief() {
            return new Belief(shared, presence);
        }
    }

    /// The batch itself.
    Batch batch() {
        return batch;
    }

    RandomGenerator random() {
        return batch.random();
    }

    List<Seen> modalities() {
        return List.copyOf(seen.values());
    }

    /// What these modalities say, for [MultimodalVae#fuse].
    Map<String, Belief> beliefs(List<Seen> observed) {
        Map<String, Belief> beliefs = new LinkedHashMap<>();
        observed.forEach(one -> beliefs.put(one.name(), one.belief()));
        return beliefs;
    }

    NDArray sample(Density density) {
        return density.sample(batch.random());
    }

    /// `lambda log p(x | z_p, z_s)` for each sample of the shared latent, each `[batch]`; they pass
    /// through the decoder together.
    List<NDArray> logLikelihoods(Seen one, List<NDArray> shared) {
        int count = shared.size();
        NDArray own = one.ownSample();
        NDArray output =
                model.decode(
                        one.name(), stacked(shared), own == null ? null : repeated(own, count));
        Likelihood likelihood = model.layout().likelihood(one.name());
        double weight = settings.weight(one.modality());
        NDList outputs = count == 1 ? new NDList(output) : output.split(count);
        return outputs.stream()
                .map(each -> Constant.times(weight, likelihood.logDensity(each, one.x())))
                .toList();
    }

    private static NDArray repeated(NDArray rows, int count) {
        return stacked(Collections.nCopies(count, rows));
    }

    /// One array alone is not concatenated: that would cut its gradient.
    private static NDArray stacked(List<NDArray> arrays) {
        return arrays.size() == 1 ? arrays.getFirst() : NDArrays.concat(new NDList(arrays), 0);
    }

    /// `KL(q(z_p | x) || p(z_p))` of a modality, `[batch]`; `null` where it has no latent of its
    /// own.
    static @Nullable NDArray ownDivergence(Seen one) {
        Density own = one.own();
        return own == null ? null : own.divergenceFromStandard();
    }

    /// The mean over the rows that count, scalar; 0 where none does.
    ///
    /// @param values `[batch]`
    /// @param rows 1 where a row counts, else 0, `[batch, 1]`; `null` where all do
    static NDArray mean(NDArray values, @Nullable NDArray rows) {
        if (rows == null) {
            return values.mean();
        }
        NDArray counted = rows.reshape(-1);
        return values.mul(counted).sum().div(counted.sum().maximum(1));
    }

    /// Each row's value by its weight.
    ///
    /// @param values `[batch]`
    /// @param weights `[batch, 1]`; `null` for 1 everywhere
    static NDArray weighted(NDArray values, @Nullable NDArray weights) {
        return weights == null ? values : values.mul(weights.reshape(-1));
    }

    /// Where this and that was observed, `[batch, 1]`; `null` for everywhere.
    static @Nullable NDArray both(@Nullable NDArray first, @Nullable NDArray second) {
        if (first == null) {
            return second;
        }
        return second == null ? first : first.mul(second);
    }

    /// Where any of these modalities was observed, `[batch, 1]`; `null` for everywhere.
    static @Nullable NDArray any(List<Seen> modalities) {
        NDArray count = null;
        for (Seen one : modalities) {
            NDArray presence = one.presence();
            if (presence == null) {
                return null;
            }
            count = count == null ? presence : count.add(presence);
        }
        return count == null ? null : count.minimum(1);
    }
}
