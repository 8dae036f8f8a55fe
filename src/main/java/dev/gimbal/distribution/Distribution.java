package dev.gimbal.distribution;

import ai.djl.ndarray.NDArray;

/// What is believed of a latent vector, for a batch of queries at once.
///
/// Arrays are `[batch, latent]` and belong to the manager of the computation that made them;
/// whoever closes that manager frees them.
public sealed interface Distribution permits PointMass, Density, Mixture {

    /// The mean, `[batch, latent]`.
    NDArray mean();
}
