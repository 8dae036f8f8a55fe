package dev.gimbal.dataset;

import java.util.SplittableRandom;

/// A random-looking rotation that costs `n log n`: three rounds of random signs, each followed by
/// the orthonormal Walsh-Hadamard transform. Every coordinate ends up in all of them.
///
/// @param signs `[3][n]` of -1 and 1; n is a power of two
record HadamardRotation(double[][] signs) {
    private static final int ROUNDS = 3;

    static HadamardRotation random(int n, SplittableRandom random) {
        double[][] signs = new double[ROUNDS][n];
        for (double[] round : signs) {
            for (int i = 0; i < n; i++) {
                round[i] = random.nextBoolean() ? 1 : -1;
            }
        }
        return new HadamardRotation(signs);
    }

    /// Rotates in place; lengths and angles stay.
    void apply(double[] x) {
        double scale = 1 / Math.sqrt(x.length);
        for (double[] round : signs) {
            for (int i = 0; i < x.length; i++) {
                x[i] *= round[i] * scale;
            }
            transform(x);
        }
    }

    /// The unnormalised Walsh-Hadamard transform, in place.
    private static void transform(double[] x) {
        for (int half = 1; half < x.length; half *= 2) {
            for (int start = 0; start < x.length; start += 2 * half) {
                for (int i = start; i < start + half; i++) {
                    double sum = x[i] + x[i + half];
                    x[i + half] = x[i] - x[i + half];
                    x[i] = sum;
                }
            }
        }
    }
}
