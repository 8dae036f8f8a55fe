/// The only door to a loaded model at run time: a bounded queue, dynamic batches, and plain arrays
/// on both sides.
@NullMarked
package dev.gimbal.embedding;

import org.jspecify.annotations.NullMarked;
