package dev.gimbal.objective;

import ai.djl.ndarray.NDArray;

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
        NDArray covariance = centred.transpose().matMul(centred).div((float) (batch - 1));
        return covariance.sub(mean.getManager().eye((int) mean.getShape().get(1))).square().sum();
    }
}
