/// Gimbal: cross-modal retrieval that can be steered. One package for each step from data to an
/// answered query; each says in its own first paragraph what it holds.
@NullMarked
package dev.gimbal;

import org.jspecify.annotations.NullMarked;
