package dev.gimbal.metric;

import java.util.Arrays;

/// MRR: the mean of 1 / rank.
final class MeanReciprocalRank {
    private MeanReciprocalRank() {}

    /// @param ranks one for each query, from 1
    /// @throws IllegalArgumentException without queries
    public static double of(int[] ranks) {
        return Arrays.stream(Ranks.require(ranks))
                .mapToDouble(r -> 1.0 / r)
                .average()
                .orElseThrow();
    }
}
