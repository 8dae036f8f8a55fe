package dev.gimbal.family;

import dev.gimbal.metric.RetrievalMetric;
import java.util.Arrays;
import java.util.Map;
import java.util.Objects;

/// By which one paired model is better than another, or one epoch of a training than another: the
/// mean reciprocal rank on validation data, on average over the ways that the model leads.
public final class RetrievalScore {
    /// The first validation examples, at most so many, are what it is measured on.
    public static final int EXAMPLES = 2_000;

    private RetrievalScore() {}

    /// @param measured metrics by name, those of the way back by their [Direction#role]; 0 where
    ///   the one that counts is not among them
    public static double of(Map<String, Double> measured) {
        String name = RetrievalMetric.MEAN_RECIPROCAL_RANK.id();
        return Arrays.stream(Direction.values())
                .map(direction -> measured.get(direction.role(name)))
                .filter(Objects::nonNull)
                .mapToDouble(rank -> rank)
                .average()
                .orElse(0);
    }
}
