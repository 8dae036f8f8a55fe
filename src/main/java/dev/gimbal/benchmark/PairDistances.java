package dev.gimbal.benchmark;

import dev.gimbal.family.Locus;
import dev.gimbal.family.Similarity;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/// How far queries lie from their own items and from others': two histograms over the same bins.
/// Where they overlap, retrieval errs.
///
/// The distance is `|p - r|` for L2, `1 - cos` for cosine, and the negative inner product else. The
/// other item of query i is item i + n/2, round the end.
///
/// @param low the least distance
/// @param high the greatest
/// @param pairs counts by bin, of queries and their own items
/// @param others counts by bin, of queries and other items
public record PairDistances(double low, double high, List<Integer> pairs, List<Integer> others) {
    private static final int BINS = 30;

    public PairDistances {
        pairs = List.copyOf(pairs);
        others = List.copyOf(others);
    }

    /// @param queries where query i lies in the index space
    /// @param indexVectors `[item][dimension]`, item i being the one of query i; at least two
    static PairDistances of(List<Locus> queries, float[][] indexVectors) {
        int count = indexVectors.length;
        double[] pairs = distances(queries, indexVectors, 0);
        double[] others = distances(queries, indexVectors, Math.max(1, count / 2));
        double low = Math.min(min(pairs), min(others));
        double high = Math.max(max(pairs), max(others));
        return new PairDistances(low, high, counts(pairs, low, high), counts(others, low, high));
    }

    private static double[] distances(List<Locus> queries, float[][] vectors, int shift) {
        return IntStream.range(0, vectors.length)
                .mapToDouble(i -> distance(queries.get(i), vectors[(i + shift) % vectors.length]))
                .toArray();
    }

    private static double distance(Locus query, float[] vector) {
        Similarity similarity = query.similarity();
        double value = similarity.of(query.point(), vector);
        return switch (similarity) {
            case NEGATIVE_SQUARED_L2 -> Math.sqrt(-value);
            case COSINE -> 1 - value;
            case INNER_PRODUCT -> -value;
        };
    }

    private static double min(double[] values) {
        return Arrays.stream(values).min().orElseThrow();
    }

    private static double max(double[] values) {
        return Arrays.stream(values).max().orElseThrow();
    }

    private static List<Integer> counts(double[] values, double low, double high) {
        int[] counts = new int[BINS];
        for (double value : values) {
            int bin = high > low ? (int) ((value - low) / (high - low) * BINS) : 0;
            counts[Math.min(bin, BINS - 1)]++;
        }
        return Arrays.stream(counts).boxed().toList();
    }
}
