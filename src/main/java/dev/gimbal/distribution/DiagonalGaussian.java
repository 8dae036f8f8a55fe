package dev.gimbal.distribution;

import ai.djl.ndarray.NDArray;

/// `N(mean, diag(exp(logVariance)))`, a batch of them.
///
/// @param mean `[batch, latent]`
/// @param logVariance natural logarithm of the variance, `[batch, latent]`
public record DiagonalGaussian(NDArray mean, NDArray logVariance) implements Distribution {

    static final double LOG_TWO_PI = Math.log(2 * Math.PI);

    public DiagonalGaussian {
        if (!mean.getShape().equals(logVariance.getShape())) {
            throw new IllegalArgumentException(
                    "mean is " + mean.getShape() + ", logVariance " + logVariance.getShape());
        }
    }

    @Override
    public NDArray sample(NDArray noise) {
        return mean.add(Constant.times(0.5, logVariance).exp().mul(noise));
    }

    /// `log p(x)` in nats for each row, `[batch]`.
    ///
    /// @param x `[batch, latent]`
    public NDArray logDensity(NDArray x) {
        NDArray deviation = x.sub(mean);
        NDArray twice =
                deviation
                        .square()
                        .div(logVariance.exp())
                        .add(logVariance)
                        .add(LOG_TWO_PI)
                        .sum(new int[] {1});
        return Constant.times(-0.5, twice);
    }
}
