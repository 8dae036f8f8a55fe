package dev.gimbal.metric;

import java.util.Arrays;

/// R@K: the share of queries whose right item is among the first K.
public final class RecallAtK {
    private RecallAtK() {}

    /// @param ranks one for each query, from 1
    /// @throws IllegalArgumentException without queries or when k is below 1
    public static double of(int[] ranks, int k) {
        if (k < 1) {
            throw new IllegalArgumentException("k must be positive: " + k);
        }
        return Arrays.stream(Ranks.require(ranks)).filter(rank -> rank <= k).count()
                / (double) ranks.length;
    }
}
