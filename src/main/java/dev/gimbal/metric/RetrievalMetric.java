package dev.gimbal.metric;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.ToDoubleFunction;

/// The registry of metrics made of ranks: one line each. It drives benchmarks, reports and help.
public enum RetrievalMetric {
    RECALL_AT_1("recallAt1", ranks -> RecallAtK.of(ranks, 1)),
    RECALL_AT_5("recallAt5", ranks -> RecallAtK.of(ranks, 5)),
    RECALL_AT_10("recallAt10", ranks -> RecallAtK.of(ranks, 10)),
    MEDIAN_RANK("medianRank", MedianRank::of),
    MEAN_RECIPROCAL_RANK("meanReciprocalRank", MeanReciprocalRank::of);

    private final String id;
    private final ToDoubleFunction<int[]> formula;

    RetrievalMetric(String id, ToDoubleFunction<int[]> formula) {
        this.id = id;
        this.formula = formula;
    }

    /// The name in reports and over HTTP.
    public String id() {
        return id;
    }

    /// @param ranks one for each query, from 1
    public double of(int[] ranks) {
        return formula.applyAsDouble(ranks);
    }

    /// Every metric of these ranks, by name.
    public static Map<String, Double> all(int[] ranks) {
        Map<String, Double> all = new LinkedHashMap<>();
        for (RetrievalMetric metric : values()) {
            all.put(metric.id, metric.of(ranks));
        }
        return all;
    }
}
