package dev.gimbal.metric;

import java.util.Arrays;
import java.util.function.ToDoubleFunction;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;

/// Percentile bootstrap (Efron 1979): how much a metric would move if the test set were drawn
/// again.
public final class Bootstrap {
    private static final int RESAMPLES = 2_000;

    private Bootstrap() {}

    /// The middle of a metric's resampled values.
    public record Interval(double low, double high) {}

    /// The interval that holds 95 % of the metric over 2,000 resamples of the queries.
    ///
    /// @param ranks one for each query
    public static Interval ofRanks(int[] ranks, RetrievalMetric metric, long seed) {
        Ranks.require(ranks);
        return interval(
                ranks.length,
                rows -> metric.of(Arrays.stream(rows).map(row -> ranks[row]).toArray()),
                .95,
                seed);
    }

    /// The interval that holds a share `level` of the statistic over 2,000 resamples.
    ///
    /// @param size number of observations
    /// @param statistic from the observations' positions, drawn with replacement
    /// @param level in (0, 1)
    public static Interval interval(
            int size, ToDoubleFunction<int[]> statistic, double level, long seed) {
        if (size < 1 || !(level > 0 && level < 1)) {
            throw new IllegalArgumentException(
                    "size must be positive and level in (0, 1): " + size + ", " + level);
        }
        RandomGenerator random = RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
        double[] values = new double[RESAMPLES];
        for (int i = 0; i < RESAMPLES; i++) {
            values[i] = statistic.applyAsDouble(random.ints(size, 0, size).toArray());
        }
        Arrays.sort(values);
        return new Interval(quantile(values, (1 - level) / 2), quantile(values, (1 + level) / 2));
    }

    private static double quantile(double[] sorted, double share) {
        return sorted[(int) Math.round(share * (sorted.length - 1))];
    }
}
