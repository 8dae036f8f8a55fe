/// Losses written as the formulas of the papers; each is a function of scores, distributions or
/// embeddings, and knows no model.
@NullMarked
package dev.gimbal.objective;

import org.jspecify.annotations.NullMarked;
