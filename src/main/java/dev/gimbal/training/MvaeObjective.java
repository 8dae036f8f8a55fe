package dev.gimbal.training;

import ai.djl.ndarray.NDArray;
import dev.gimbal.distribution.Density;
import dev.gimbal.family.Mvae;
import dev.gimbal.family.Subsets;
import dev.gimbal.objective.Loss;
import dev.gimbal.training.EncodedBatch.Seen;
import java.util.List;

/// The sub-sampled objective of MVAE (Wu and Goodman 2018, Eq. 5), negated: the ELBO of all
/// modalities, of each alone, and with three or more of one random subset.
record MvaeObjective(Mvae model, VaeSettings settings) implements EncodedObjective {

    @Override
    public Loss of(EncodedBatch encoded) {
        List<Seen> all = encoded.modalities();
        Loss loss = new Loss();
        bound(loss, VaeSettings.JOINT, encoded, all);
        all.forEach(one -> bound(loss, one.name(), encoded, List.of(one)));
        if (all.size() > 2) {
            int subset = encoded.random().nextInt(1, Subsets.count(all.size()) - 1);
            bound(loss, "subset", encoded, Subsets.members(all, subset));
        }
        return loss;
    }

    /// `sum_i lambda_i log p(x_i | z) - KL(q(z | x) || p(z))` over the members of a subset that an
    /// example has: the mean over the examples that have any.
    private void bound(Loss loss, String name, EncodedBatch encoded, List<Seen> members) {
        Density belief = model.fuse(encoded.beliefs(members));
        List<NDArray> sample = List.of(encoded.sample(belief));
        NDArray rows = EncodedBatch.any(members);
        for (Seen one : members) {
            NDArray likelihood = encoded.logLikelihoods(one, sample).getFirst();
            loss.add(
                    name + "->" + one.name(),
                    -1,
                    EncodedBatch.mean(EncodedBatch.weighted(likelihood, one.presence()), rows));
            NDArray own = EncodedBatch.ownDivergence(one);
            if (own != null) {
                loss.add(
                        "kl." + name + "->" + one.name(),
                        1,
                        EncodedBatch.mean(EncodedBatch.weighted(own, one.presence()), rows));
            }
        }
        loss.add("kl." + name, 1, EncodedBatch.mean(belief.divergenceFromStandard(), rows));
    }
}
