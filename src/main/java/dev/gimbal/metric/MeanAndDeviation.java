package dev.gimbal.metric;

import java.util.Arrays;

/// What repetitions came to: their mean and their sample deviation, of divisor n - 1.
///
/// @param deviation 0 where there is but one
public record MeanAndDeviation(double mean, double deviation) {

    /// Of at least one value.
    ///
    /// @throws java.util.NoSuchElementException when there is none
    public static MeanAndDeviation of(double[] values) {
        double mean = Arrays.stream(values).average().orElseThrow();
        double squares = Arrays.stream(values).map(v -> (v - mean) * (v - mean)).sum();
        return new MeanAndDeviation(mean, Math.sqrt(squares / Math.max(1, values.length - 1)));
    }
}
