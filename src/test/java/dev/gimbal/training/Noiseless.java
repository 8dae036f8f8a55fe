package dev.gimbal.training;

import java.util.random.RandomGenerator;

/// Draws no noise, so that each sample is its belief's mean, and one number where one is drawn
/// between bounds.
///
/// @param drawn that number
record Noiseless(int drawn) implements RandomGenerator {

    @Override
    public long nextLong() {
        return 0;
    }

    @Override
    public double nextGaussian() {
        return 0;
    }

    @Override
    public double nextExponential() {
        return 0;
    }

    @Override
    public int nextInt(int origin, int bound) {
        return drawn;
    }
}
