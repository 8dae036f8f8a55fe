package dev.gimbal.metric;

import java.util.Arrays;

/// Med-R: the median of the ranks; of an even number, the mean of the two in the middle.
final class MedianRank {
    private MedianRank() {}

    /// @param ranks one for each query, from 1
    /// @throws IllegalArgumentException without queries
    public static double of(int[] ranks) {
        int[] sorted = Ranks.require(ranks).clone();
        Arrays.sort(sorted);
        return (sorted[(sorted.length - 1) / 2] + (double) sorted[sorted.length / 2]) / 2;
    }
}
