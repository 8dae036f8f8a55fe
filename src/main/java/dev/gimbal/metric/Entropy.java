package dev.gimbal.metric;

import java.util.Arrays;

/// Entropy on a scale where an even spread is 1.
final class Entropy {
    private Entropy() {}

    /// `-(1 / log n) sum p log p` of n weights once they add up to 1, with `0 log 0 = 0`. A single
    /// weight cannot be spread: its entropy is 0.
    ///
    /// @param weights not negative, at least one positive
    static double normalised(double[] weights) {
        double total = Arrays.stream(weights).sum();
        if (!(total > 0) || !Double.isFinite(total)) {
            throw new IllegalArgumentException("weights must have a positive sum: " + total);
        }
        if (weights.length == 1) {
            return 0;
        }
        double sum = 0;
        for (double weight : weights) {
            if (weight > 0) {
                sum -= weight / total * Math.log(weight / total);
            }
        }
        return sum / Math.log(weights.length);
    }
}
