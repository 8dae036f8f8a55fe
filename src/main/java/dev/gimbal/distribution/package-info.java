/// What is believed of a latent vector: Gaussians, point masses and the divergences between them,
/// as formulas over batches.
@NullMarked
package dev.gimbal.distribution;

import org.jspecify.annotations.NullMarked;
