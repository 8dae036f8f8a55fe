package dev.gimbal.objective;

import ai.djl.ndarray.NDArray;
import dev.gimbal.distribution.Constant;

/// `|Cov_batch(mu) - I|^2` (squared Frobenius norm): the latent means of a batch are uncorrelated,
/// with unit variance.
public final class Whitening {
    private Whitening() {}

    /// The scalar penalty.
    ///
    /// @param mean `[batch, latent]`
    public static NDArray of(NDArray mean) {
        long batch = mean.getShape().get(0);
        NDArray centred = mean.sub(mean.mean(new int[] {0}, true));
        NDArray covariance = Constant.times(1.0 / (batch - 1), centred.transpose().matMul(centred));
        return covariance.sub(mean.getManager().eye((int) mean.getShape().get(1))).square().sum();
    }
}
