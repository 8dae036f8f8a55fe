/// How an observed value becomes the numbers that an embedder takes. Part of a model's
/// architecture, and so of its bundle and its fingerprint.
@NullMarked
package dev.gimbal.preprocessing;

import org.jspecify.annotations.NullMarked;
