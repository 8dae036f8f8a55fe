package dev.gimbal.distribution;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import java.util.random.RandomGenerator;

/// A distribution with a density, whose samples are differentiable functions of its parameters and
/// of noise without parameters (the reparameterisation trick, Kingma and Welling 2014).
public sealed interface Density extends Distribution permits DiagonalGaussian, DiagonalLaplace {

    /// One sample for each row.
    ///
    /// @param noise independent draws of [#noise], `[batch, latent]`
    NDArray sample(NDArray noise);

    /// One random sample for each row, owned by the mean's manager.
    default NDArray sample(RandomGenerator random) {
        Shape shape = mean().getShape();
        float[] noise = new float[Math.toIntExact(shape.size())];
        for (int i = 0; i < noise.length; i++) {
            noise[i] = (float) noise(random);
        }
        return sample(mean().getManager().create(noise, shape));
    }

    /// One draw of the noise that [#sample] takes.
    double noise(RandomGenerator random);

    /// `log p(x)` in nats for each row, `[batch]`.
    ///
    /// @param x `[batch, latent]`
    NDArray logDensity(NDArray x);

    /// `KL(this || standard())` in nats for each row, `[batch]`.
    NDArray divergenceFromStandard();

    /// The same distribution, through which no gradient passes.
    Density detached();

    /// The standard distribution of this kind, over vectors of the same shape: the prior of z.
    Density standard();

    /// Logarithm of the variance, `[batch, latent]`.
    NDArray logVariance();
}
