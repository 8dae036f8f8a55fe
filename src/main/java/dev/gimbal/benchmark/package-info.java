/// Retrieval benchmarks as the papers run them: a protocol over a data set, with a seed, so that
/// the same run gives the same numbers.
@NullMarked
package dev.gimbal.benchmark;

import org.jspecify.annotations.NullMarked;
