package dev.gimbal.distribution;

import ai.djl.ndarray.NDArray;

/// What is believed of a latent vector, for a batch of queries at once.
///
/// Arrays are `[batch, latent]` and belong to the manager of the computation that made them;
/// whoever closes that manager frees them.
public sealed interface Distribution permits PointMass, DiagonalGaussian {

    /// The mean, `[batch, latent]`.
    NDArray mean();

    /// One sample for each row, as a differentiable function of the parameters (the
    /// reparameterisation trick).
    ///
    /// @param noise standard normal, `[batch, latent]`
    NDArray sample(NDArray noise);
}
