/// The protocols under which results are compared: how many items are searched, how often the draw
/// is repeated, how far a latent is turned. They work on arrays, whatever model or index those come
/// from; the numbers themselves are those of `metric`.
@NullMarked
package dev.gimbal.benchmark;

import org.jspecify.annotations.NullMarked;
