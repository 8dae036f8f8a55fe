package dev.gimbal.benchmark;

import dev.gimbal.metric.AveragePrecisionAtK;
import dev.gimbal.metric.ClassPrecisionAtK;
import dev.gimbal.metric.CosineScores;
import dev.gimbal.metric.RankOne;

/// Search by class in the shared space, from one modality to another, by the cosine.
///
/// @param precisionAt10 class precision among the ten nearest
/// @param rankOne how often the nearest class, by the mean of its values, is the query's
/// @param averagePrecisionAt50 class precision among the 50 values nearest to the mean of a class's
///   queries
public record ClassSearch(double precisionAt10, double rankOne, double averagePrecisionAt50) {
    private static final int NEAREST = 10;
    private static final int RANKED = 50;

    /// Of as many values of both; fewer than 10 or 50 are searched whole.
    ///
    /// @param classes of both, row by row
    static ClassSearch of(float[][] queries, float[][] values, int[] classes) {
        return new ClassSearch(
                ClassPrecisionAtK.of(
                        CosineScores.of(queries, values),
                        classes,
                        classes,
                        Math.min(NEAREST, values.length)),
                RankOne.of(queries, classes, values, classes),
                AveragePrecisionAtK.of(
                        queries, classes, values, classes, Math.min(RANKED, values.length)));
    }
}
