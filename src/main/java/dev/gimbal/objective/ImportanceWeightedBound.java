package dev.gimbal.objective;

import ai.djl.ndarray.NDArray;
import dev.gimbal.distribution.LogMeanExp;
import java.util.List;

/// The importance-weighted lower bound of `log p(x)`, to be maximised: `log 1/K sum_k w_k` with
/// `w_k = p(x, z_k) / q(z_k | x)` (Burda et al. 2016). With one sample it is the ELBO.
public final class ImportanceWeightedBound {
    private ImportanceWeightedBound() {}

    /// The bound for each row, nats, `[batch]`.
    ///
    /// @param logWeights `log w_k`, each `[batch]`
    public static NDArray of(List<NDArray> logWeights) {
        return LogMeanExp.of(logWeights);
    }

    /// The normalised weights `w_k / sum w`, through which no gradient passes; each `[batch]`.
    public static List<NDArray> normalised(List<NDArray> logWeights) {
        NDArray total = LogMeanExp.of(logWeights).add(Math.log(logWeights.size()));
        return logWeights.stream().map(log -> log.sub(total).exp().stopGradient()).toList();
    }
}
