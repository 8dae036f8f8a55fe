package dev.gimbal.distribution;

import ai.djl.ndarray.NDArray;
import java.util.random.RandomGenerator;

/// `N(mean, diag(exp(logVariance)))`, a batch of them.
///
/// @param mean `[batch, latent]`
/// @param logVariance natural logarithm of the variance, `[batch, latent]`
public record DiagonalGaussian(NDArray mean, NDArray logVariance) implements Density {

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

    @Override
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

    @Override
    public double noise(RandomGenerator random) {
        return random.nextGaussian();
    }

    @Override
    public NDArray divergenceFromStandard() {
        return Kl.divergence(this, standard());
    }

    @Override
    public DiagonalGaussian detached() {
        return new DiagonalGaussian(mean.stopGradient(), logVariance.stopGradient());
    }

    @Override
    public DiagonalGaussian standard() {
        NDArray zeros = mean.getManager().zeros(mean.getShape());
        return new DiagonalGaussian(zeros, zeros);
    }
}
