package dev.gimbal.distribution;

import ai.djl.ndarray.NDArray;

/// Kullback-Leibler divergences in closed form.
public final class Kl {
    private Kl() {}

    /// `KL(q || p) = 1/2 sum_j (s_j/t_j + (m_j - n_j)^2 / t_j - 1 + log t_j - log s_j)` for `q =
    /// N(m, diag s)`, `p = N(n, diag t)`; nats for each row, `[batch]`.
    public static NDArray divergence(DiagonalGaussian q, DiagonalGaussian p) {
        NDArray logRatio = q.logVariance().sub(p.logVariance());
        NDArray shift = q.mean().sub(p.mean()).square().div(p.logVariance().exp());
        NDArray twice = logRatio.exp().add(shift).sub(1f).sub(logRatio).sum(new int[] {1});
        return Constant.times(0.5, twice);
    }
}
