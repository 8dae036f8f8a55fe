package dev.gimbal.training;

import ai.djl.ndarray.NDArray;
import dev.gimbal.distribution.Density;
import dev.gimbal.family.MoPoe;
import dev.gimbal.objective.Loss;
import dev.gimbal.training.EncodedBatch.Seen;
import java.util.List;

/// The objective of MoPoE-VAE (Sutter et al. 2021, Eq. 6), negated: `1/S sum_s (E_{q_s} sum_i
/// lambda_i log p(x_i | z) - KL(q_s || p))` over the S components of the mixture, which bounds the
/// ELBO of the mixture from below.
record MoPoeObjective(MoPoe model, VaeSettings settings) implements EncodedObjective {

    @Override
    public Loss of(EncodedBatch encoded) {
        encoded.requireWhole(model.architecture().family().id());
        List<Density> components = model.fuse(encoded.beliefs(encoded.modalities())).components();
        double share = 1.0 / components.size();
        List<NDArray> samples = components.stream().map(encoded::sample).toList();
        Loss loss = new Loss();
        for (Seen one : encoded.modalities()) {
            loss.add(one.name(), -share, sum(encoded.logLikelihoods(one, samples)).mean());
            NDArray own = EncodedBatch.ownDivergence(one);
            if (own != null) {
                loss.add("kl." + one.name(), 1, own.mean());
            }
        }
        return loss.add(
                "kl",
                share,
                sum(components.stream().map(Density::divergenceFromStandard).toList()).mean());
    }

    private static NDArray sum(List<NDArray> arrays) {
        NDArray sum = arrays.getFirst();
        for (NDArray array : arrays.subList(1, arrays.size())) {
            sum = sum.add(array);
        }
        return sum;
    }
}
