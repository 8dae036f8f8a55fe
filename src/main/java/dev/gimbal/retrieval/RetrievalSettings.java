package dev.gimbal.retrieval;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/// How queries are answered.
///
/// @param maxTime how long one query, traversal or word cloud is worked on: what takes longer ends
///   after the step that it is at, with 503, and so does not keep others from their turn
@ConfigurationProperties("gimbal.retrieval")
public record RetrievalSettings(@DefaultValue("60s") Duration maxTime) {
    public RetrievalSettings {
        if (!maxTime.isPositive()) {
            throw new IllegalArgumentException(
                    "gimbal.retrieval.max-time must be positive: " + maxTime);
        }
    }
}
