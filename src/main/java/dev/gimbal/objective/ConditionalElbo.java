package dev.gimbal.objective;

import ai.djl.ndarray.NDArray;
import dev.gimbal.distribution.DiagonalGaussian;
import dev.gimbal.distribution.Kl;

/// The evidence lower bound of `log P(v2 | v1)`, to be maximised: `E_Q log P(v2 | z) - KL(Q(z | v1,
/// v2) || P(z | v1))`.
///
/// Eq. 4 of Kim et al. 2020 prints its negative.
public final class ConditionalElbo {
    private ConditionalElbo() {}

    /// The bound averaged over the batch, nats; scalar.
    ///
    /// @param logLikelihood `log P(v2 | z)` at a sample of Q, `[batch]`
    /// @param posterior `Q(z | v1, v2)`
    /// @param prior `P(z | v1)`
    public static NDArray of(
            NDArray logLikelihood, DiagonalGaussian posterior, DiagonalGaussian prior) {
        return logLikelihood.sub(Kl.divergence(posterior, prior)).mean();
    }
}
