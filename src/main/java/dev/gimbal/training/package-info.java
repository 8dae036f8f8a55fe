/// Training: a plan is stages, each with an objective and what it trains; the trainer runs them,
/// validates, and writes checkpoints that resume to the same weights.
@NullMarked
package dev.gimbal.training;

import org.jspecify.annotations.NullMarked;
