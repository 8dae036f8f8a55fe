package dev.gimbal.metric;

import java.util.Arrays;

/// Cosines between features; that of a vector of zeros is 0.
public final class CosineScores {
    private CosineScores() {}

    /// `[query][item]`, in `[-1, 1]`.
    ///
    /// @param queries `[query][feature]`
    /// @param items `[item][feature]`
    public static float[][] of(float[][] queries, float[][] items) {
        double[] lengths = Arrays.stream(items).mapToDouble(CosineScores::length).toArray();
        return Arrays.stream(queries)
                .parallel()
                .map(query -> {
                    double length = length(query);
                    float[] scores = new float[items.length];
                    for (int i = 0; i < items.length; i++) {
                        double both = length * lengths[i];
                        scores[i] = both == 0 ? 0 : (float) (product(query, items[i]) / both);
                    }
                    return scores;
                })
                .toArray(float[][]::new);
    }

    private static double length(float[] a) {
        return Math.sqrt(product(a, a));
    }

    private static double product(float[] a, float[] b) {
        double sum = 0;
        for (int j = 0; j < a.length; j++) {
            sum += (double) a[j] * b[j];
        }
        return sum;
    }
}
