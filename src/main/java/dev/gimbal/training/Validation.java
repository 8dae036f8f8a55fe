package dev.gimbal.training;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import dev.gimbal.family.PairedModel;
import dev.gimbal.family.RetrievalScore;
import dev.gimbal.metric.Ranks;
import dev.gimbal.metric.RetrievalMetric;
import dev.gimbal.network.Rows;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Retrieval metrics of a model among the first examples of a split, [RetrievalScore#EXAMPLES] at
/// most: the quick check after each epoch.
public final class Validation {
    private static final long MOST_ENTRIES = 8_000_000;

    private Validation() {}

    /// Every [RetrievalMetric] of every direction, from the mean of z; those of the way back are
    /// named `backward.` and so on. A tie counts against the model.
    ///
    /// @param preprocessed values after [PairedModel#preprocess]
    public static Map<String, Double> measure(PairedModel model, TrainingData preprocessed) {
        Map<String, Double> all = new LinkedHashMap<>();
        for (PairedModel side : model.directions()) {
            oneWay(side, preprocessed)
                    .forEach((metric, value) -> all.put(side.role(metric), value));
        }
        return all;
    }

    /// A paired model is chosen by its [RetrievalScore].
    static Criterion criterion(PairedModel model) {
        return new Criterion() {
            @Override
            public Map<String, Double> measure(TrainingData validation) {
                return Validation.measure(model, validation);
            }

            @Override
            public double score(Map<String, Double> measured) {
                return RetrievalScore.of(measured);
            }
        };
    }

    private static Map<String, Double> oneWay(PairedModel model, TrainingData preprocessed) {
        int n = Math.min(preprocessed.size(), RetrievalScore.EXAMPLES);
        float[][] x1 = Arrays.copyOf(preprocessed.rows(model.query()), n);
        float[][] x2 = Arrays.copyOf(preprocessed.rows(model.target()), n);
        try (NDManager scratch = model.manager().newSubManager()) {
            float[][] v2 = Rows.map(scratch, x2, x -> model.embed(model.target(), x));
            float[][] points = Rows.map(scratch, x1, x -> model.locateMean(x).points());
            return RetrievalMetric.all(ranks(model, scratch, points, v2));
        }
    }

    private static int[] ranks(
            PairedModel model, NDManager scratch, float[][] points, float[][] v2) {
        int n = points.length;
        NDArray vectors = Rows.matrix(scratch, Arrays.asList(v2));
        List<float[]> all = Arrays.asList(points);
        int chunk = (int) Math.max(1, MOST_ENTRIES / ((long) n * v2[0].length));
        int[] ranks = new int[n];
        for (int start = 0; start < n; start += chunk) {
            int end = Math.min(n, start + chunk);
            try (NDManager step = scratch.newSubManager()) {
                NDArray p = Rows.matrix(step, all.subList(start, end));
                float[][] scores = Rows.of(model.loci(p).scores(vectors));
                for (int i = start; i < end; i++) {
                    ranks[i] = Ranks.of(scores[i - start], i);
                }
            }
        }
        return ranks;
    }
}
