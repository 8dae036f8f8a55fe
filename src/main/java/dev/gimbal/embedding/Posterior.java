package dev.gimbal.embedding;

import org.jspecify.annotations.Nullable;

/// What one query says about z, outside native memory.
///
/// @param mean `[latent]`
/// @param logVariance `[latent]`; `null` for a point mass
public record Posterior(float[] mean, float @Nullable [] logVariance) {}
