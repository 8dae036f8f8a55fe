package dev.gimbal.dataset.digits;

import dev.gimbal.dataset.Split;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;

/// A source of randomness for each value of a generated modality, so that any one can be made
/// without those before it.
///
/// @param seed of the data
/// @param purpose tells modalities of one seed apart
record Draws(long seed, String purpose) {
    private static final RandomGeneratorFactory<RandomGenerator> GENERATORS =
            RandomGeneratorFactory.of("L64X128MixRandom");
    private static final long SPLIT_SPACING = 1L << 40;

    RandomGenerator at(Split split, int index) {
        long start = (seed * 31 + purpose.hashCode()) * 0x9E3779B97F4A7C15L;
        return GENERATORS.create(start + split.ordinal() * SPLIT_SPACING + index);
    }
}
