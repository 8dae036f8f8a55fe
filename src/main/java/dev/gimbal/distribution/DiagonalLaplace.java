package dev.gimbal.distribution;

import ai.djl.ndarray.NDArray;
import java.util.random.RandomGenerator;

/// Independent Laplace distributions, `p(x) = exp(-|x - mean| / scale) / (2 scale)`, a batch of
/// them.
///
/// @param mean `[batch, latent]`
/// @param logScale natural logarithm of the scale, `[batch, latent]`
public record DiagonalLaplace(NDArray mean, NDArray logScale) implements Density {
    private static final double LOG_TWO = Math.log(2);

    public DiagonalLaplace {
        if (!mean.getShape().equals(logScale.getShape())) {
            throw new IllegalArgumentException(
                    "mean is " + mean.getShape() + ", logScale " + logScale.getShape());
        }
    }

    @Override
    public NDArray sample(NDArray noise) {
        return mean.add(logScale.exp().mul(noise));
    }

    @Override
    public double noise(RandomGenerator random) {
        return standardNoise(random);
    }

    /// A draw of the standard Laplace: an exponential one with a random sign.
    public static double standardNoise(RandomGenerator random) {
        return random.nextBoolean() ? random.nextExponential() : -random.nextExponential();
    }

    @Override
    public NDArray logDensity(NDArray x) {
        return x.sub(mean)
                .abs()
                .div(logScale.exp())
                .add(logScale)
                .add(LOG_TWO)
                .neg()
                .sum(new int[] {1});
    }

    /// `sum(|m| + b exp(-|m| / b) - 1 - log b)`.
    @Override
    public NDArray divergenceFromStandard() {
        NDArray scale = logScale.exp();
        NDArray size = mean.abs();
        return scale.mul(size.div(scale).neg().exp())
                .add(size)
                .sub(1f)
                .sub(logScale)
                .sum(new int[] {1});
    }

    @Override
    public DiagonalLaplace detached() {
        return new DiagonalLaplace(mean.stopGradient(), logScale.stopGradient());
    }

    @Override
    public DiagonalLaplace standard() {
        NDArray zeros = mean.getManager().zeros(mean.getShape());
        return new DiagonalLaplace(zeros, zeros);
    }

    /// `log(2 scale^2)`.
    @Override
    public NDArray logVariance() {
        return logScale.add(logScale).add(LOG_TWO);
    }
}
