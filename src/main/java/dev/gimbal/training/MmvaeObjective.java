package dev.gimbal.training;

import ai.djl.ndarray.NDArray;
import dev.gimbal.distribution.Density;
import dev.gimbal.distribution.Mixture;
import dev.gimbal.family.Mmvae;
import dev.gimbal.objective.ImportanceWeightedBound;
import dev.gimbal.objective.Loss;
import dev.gimbal.training.EncodedBatch.Seen;
import dev.gimbal.training.VaeSettings.Bound;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/// The looser importance-weighted bound of MMVAE (Shi et al. 2019, Appendix B), negated: on average
/// over the modalities m, `log 1/K sum_k w(z_k)` with `z_k` from `q(z | x_m)` and `w(z) = p(z)
/// prod_i p(x_i | z)^lambda_i / q(z | x_1, ...)`, whose denominator is the whole mixture; m and i
/// go over the modalities that an example has.
record MmvaeObjective(Mmvae model, VaeSettings settings) implements EncodedObjective {

    @Override
    public Loss of(EncodedBatch encoded) {
        Mixture mixture = model.fuse(encoded.beliefs(encoded.modalities()));
        Mixture denominator = settings.bound() == Bound.DREG ? mixture.detached() : mixture;
        NDArray rows = EncodedBatch.any(encoded.modalities());
        int samples = settings.bound() == Bound.ELBO ? 1 : settings.samples();
        Loss loss = new Loss();
        double share = 1.0 / mixture.components().size();
        for (int m = 0; m < mixture.components().size(); m++) {
            Density component = mixture.components().get(m);
            List<NDArray> z = new ArrayList<>();
            for (int k = 0; k < samples; k++) {
                z.add(encoded.sample(component));
            }
            NDArray bound =
                    EncodedBatch.weighted(bound(encoded, denominator, z), mixture.weight(m));
            loss.add(encoded.modalities().get(m).name(), -share, EncodedBatch.mean(bound, rows));
        }
        for (Seen one : encoded.modalities()) {
            NDArray own = EncodedBatch.ownDivergence(one);
            if (own != null) {
                NDArray divergence = EncodedBatch.weighted(own, one.presence());
                loss.add("kl." + one.name(), 1, EncodedBatch.mean(divergence, rows));
            }
        }
        return loss;
    }

    private NDArray bound(EncodedBatch encoded, Mixture denominator, List<NDArray> z) {
        if (settings.bound() != Bound.DREG) {
            return ImportanceWeightedBound.of(logWeights(encoded, denominator, z));
        }
        return doublyReparameterised(encoded, denominator, z);
    }

    /// The value is the same bound. Its gradient, with normalised weights w held fixed, is `sum_k
    /// w_k d log w(z_k)`, where the path through z_k counts `w_k` once more: `z' = w z +
    /// stopgrad((1 - w) z)` (Tucker et al. 2019).
    private NDArray doublyReparameterised(
            EncodedBatch encoded, Mixture denominator, List<NDArray> z) {
        List<NDArray> values = z.stream().map(NDArray::stopGradient).toList();
        List<NDArray> shares =
                ImportanceWeightedBound.normalised(logWeights(encoded, denominator, values));
        List<NDArray> slowed = new ArrayList<>();
        for (int k = 0; k < z.size(); k++) {
            NDArray w = shares.get(k).expandDims(1);
            NDArray path = z.get(k).mul(w);
            slowed.add(path.add(values.get(k).sub(path).stopGradient()));
        }
        List<NDArray> logWeights = logWeights(encoded, denominator, slowed);
        NDArray surrogate = null;
        for (int k = 0; k < z.size(); k++) {
            NDArray term = shares.get(k).mul(logWeights.get(k));
            surrogate = surrogate == null ? term : surrogate.add(term);
        }
        NDArray bound = ImportanceWeightedBound.of(logWeights).stopGradient();
        return Objects.requireNonNull(surrogate).add(bound.sub(surrogate.stopGradient()));
    }

    private List<NDArray> logWeights(EncodedBatch encoded, Mixture denominator, List<NDArray> z) {
        Density prior = denominator.components().getFirst().standard();
        List<NDArray> weights = new ArrayList<>();
        for (NDArray each : z) {
            weights.add(prior.logDensity(each).sub(denominator.logDensity(each)));
        }
        for (Seen one : encoded.modalities()) {
            List<NDArray> likelihoods = encoded.logLikelihoods(one, z);
            for (int k = 0; k < z.size(); k++) {
                NDArray likelihood = EncodedBatch.weighted(likelihoods.get(k), one.presence());
                weights.set(k, weights.get(k).add(likelihood));
            }
        }
        return weights;
    }
}
