package dev.gimbal.training;

import ai.djl.ndarray.NDArray;
import dev.gimbal.distribution.Density;
import dev.gimbal.distribution.Mixture;
import dev.gimbal.family.MoPoe;
import dev.gimbal.objective.Loss;
import dev.gimbal.training.EncodedBatch.Seen;
import java.util.List;
import java.util.Objects;

/// The objective of MoPoE-VAE (Sutter et al. 2021, Eq. 6), negated: `1/S sum_s (E_{q_s} sum_i
/// lambda_i log p(x_i | z) - KL(q_s || p))` over the S components of the mixture, which bounds the
/// ELBO of the mixture from below; i goes over the modalities that an example has, s over their
/// subsets.
record MoPoeObjective(MoPoe model, VaeSettings settings) implements EncodedObjective {

    @Override
    public Loss of(EncodedBatch encoded) {
        Mixture mixture = model.fuse(encoded.beliefs(encoded.modalities()));
        List<Density> components = mixture.components();
        NDArray rows = EncodedBatch.any(encoded.modalities());
        double share = 1.0 / components.size();
        List<NDArray> samples = components.stream().map(encoded::sample).toList();
        Loss loss = new Loss();
        for (Seen one : encoded.modalities()) {
            NDArray likelihood =
                    EncodedBatch.weighted(
                            sum(mixture, encoded.logLikelihoods(one, samples)), one.presence());
            loss.add(one.name(), -share, EncodedBatch.mean(likelihood, rows));
            NDArray own = EncodedBatch.ownDivergence(one);
            if (own != null) {
                NDArray divergence = EncodedBatch.weighted(own, one.presence());
                loss.add("kl." + one.name(), 1, EncodedBatch.mean(divergence, rows));
            }
        }
        NDArray divergence =
                sum(mixture, components.stream().map(Density::divergenceFromStandard).toList());
        return loss.add("kl", share, EncodedBatch.mean(divergence, rows));
    }

    /// Over the components, by what each counts for, `[batch]`.
    private static NDArray sum(Mixture mixture, List<NDArray> values) {
        NDArray sum = null;
        for (int i = 0; i < values.size(); i++) {
            NDArray weighted = EncodedBatch.weighted(values.get(i), mixture.weight(i));
            sum = sum == null ? weighted : sum.add(weighted);
        }
        return Objects.requireNonNull(sum);
    }
}
