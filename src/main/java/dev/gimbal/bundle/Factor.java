package dev.gimbal.bundle;

import dev.gimbal.metric.MeanAndDeviation;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

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
        MeanAndDeviation over = MeanAndDeviation.of(sorted);
        return new Factor(
                name,
                over.mean(),
                over.deviation(),
                percentile(sorted, LOW),
                percentile(sorted, HIGH));
    }

    /// The statistics of each coordinate, called z1, z2 and so on.
    ///
    /// @param z `[query][coordinate]`, at least one query
    public static List<Factor> ofEach(float[][] z) {
        return IntStream.range(0, z[0].length)
                .mapToObj(j ->
                        of(firstName(j), Arrays.stream(z).mapToDouble(row -> row[j]).toArray()))
                .toList();
    }

    /// How far a value lies from the aggregated mean, in aggregated deviations; 0 for a dead
    /// factor, whose deviation is 0: it has no unit to measure in.
    public double deviations(double value) {
        return deviation > 0 ? (value - mean) / deviation : 0;
    }

    /// Whether somebody gave this coordinate its name.
    ///
    /// @param j its position
    public boolean isNamed(int j) {
        return !name.equals(firstName(j));
    }

    private static String firstName(int j) {
        return "z" + (j + 1);
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
