package dev.gimbal.distribution;

import ai.djl.ndarray.NDArray;

/// Certainty: what a deterministic encoder says of z.
///
/// @param mean the only value with probability, `[batch, latent]`
public record PointMass(NDArray mean) implements Distribution {}
