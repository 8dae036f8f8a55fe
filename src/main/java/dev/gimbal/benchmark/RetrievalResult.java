package dev.gimbal.benchmark;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Retrieval metrics over repeated draws.
///
/// @param protocol that made them
/// @param mean of each [dev.gimbal.metric.RetrievalMetric] over the draws, by name
/// @param deviation over the draws (divisor n - 1), by name; 0 for a single draw
public record RetrievalResult(
        RetrievalProtocol protocol, Map<String, Double> mean, Map<String, Double> deviation) {

    static RetrievalResult of(RetrievalProtocol protocol, List<Map<String, Double>> draws) {
        Map<String, Double> mean = new LinkedHashMap<>();
        Map<String, Double> deviation = new LinkedHashMap<>();
        for (String name : draws.getFirst().keySet()) {
            double[] values = draws.stream().mapToDouble(draw -> draw.get(name)).toArray();
            double average = Arrays.stream(values).average().orElseThrow();
            double squares = Arrays.stream(values).map(v -> (v - average) * (v - average)).sum();
            mean.put(name, average);
            deviation.put(name, Math.sqrt(squares / Math.max(1, values.length - 1)));
        }
        return new RetrievalResult(protocol, mean, deviation);
    }
}
