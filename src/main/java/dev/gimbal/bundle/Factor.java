package dev.gimbal.bundle;

import java.util.Arrays;

/// One latent factor as a knob: its name and the aggregated statistics of z_j over the training
/// queries.
///
/// @param name shown to people; outside the fingerprint, so that renaming invalidates no vector
/// @param mean aggregated mean of z_j
/// @param deviation aggregated standard deviation of z_j: the unit of a knob
/// @param low 1st percentile: a traversal's first end
/// @param high 99th percentile: its other end
public record Factor(String name, double mean, double deviation, double low, double high) {
    private static final double LOW = 0.01;
    private static final double HIGH = 0.99;

    /// The statistics of these values, at least one.
    public static Factor of(String name, double[] values) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        double mean = Arrays.stream(sorted).average().orElseThrow();
        double squares = Arrays.stream(sorted).map(z -> (z - mean) * (z - mean)).sum();
        return new Factor(
                name,
                mean,
                Math.sqrt(squares / Math.max(1, sorted.length - 1)),
                percentile(sorted, LOW),
                percentile(sorted, HIGH));
    }

    /// The same factor by another name.
    public Factor named(String other) {
        return new Factor(other, mean, deviation, low, high);
    }

    /// By linear interpolation between order statistics.
    private static double percentile(double[] sorted, double share) {
        double position = share * (sorted.length - 1);
        int below = (int) position;
        int above = Math.min(below + 1, sorted.length - 1);
        return sorted[below] + (position - below) * (sorted[above] - sorted[below]);
    }
}
