package dev.gimbal.metric;

import java.util.Arrays;

/// Class precision@K: the share of a query's first K items that are of its class, on average over
/// queries. Where pairs are made by class, any item of the class is a right answer.
///
/// A tie counts against the model: among equal scores the items of other classes come first. So
/// does a score that is not a number: of another class's item it is the best, of a right one the
/// worst.
public final class ClassPrecisionAtK {
    private ClassPrecisionAtK() {}

    /// The mean over queries, in `[0, 1]`.
    ///
    /// @param scores `[query][item]`, larger is better
    /// @param queryClasses of each query
    /// @param itemClasses of each item
    /// @throws IllegalArgumentException without queries, or when there are fewer than K items
    public static double of(float[][] scores, int[] queryClasses, int[] itemClasses, int k) {
        if (scores.length == 0 || scores.length != queryClasses.length) {
            throw new IllegalArgumentException(
                    "%d rows of scores for %d queries"
                            .formatted(scores.length, queryClasses.length));
        }
        double sum = 0;
        for (int query = 0; query < scores.length; query++) {
            sum += of(scores[query], queryClasses[query], itemClasses, k);
        }
        return sum / scores.length;
    }

    /// That of one query.
    ///
    /// @param scores `[item]`, larger is better
    /// @throws IllegalArgumentException when there are fewer than K items, or no class for each
    public static double of(float[] scores, int queryClass, int[] itemClasses, int k) {
        if (k < 1 || k > scores.length || scores.length != itemClasses.length) {
            throw new IllegalArgumentException(
                    "k is %d for %d scores of %d items"
                            .formatted(k, scores.length, itemClasses.length));
        }
        long[] keys = new long[scores.length];
        for (int i = 0; i < keys.length; i++) {
            keys[i] = key(scores[i], itemClasses[i] == queryClass);
        }
        Arrays.sort(keys);
        return Arrays.stream(keys, 0, k).map(key -> key & 1).sum() / (double) k;
    }

    /// Ascends as the ranking does; odd for an item of the query's class.
    private static long key(float score, boolean right) {
        if (Float.isNaN(score)) {
            return right ? Long.MAX_VALUE : Long.MIN_VALUE;
        }
        int bits = Float.floatToIntBits(score + 0f); // -0 and 0 are one score
        int ascending = bits < 0 ? bits ^ Integer.MAX_VALUE : bits;
        return -2L * ascending + (right ? 1 : 0);
    }
}
