package dev.gimbal.embedding;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/// How models run.
///
/// @param device where: `auto` takes a GPU when there is one
/// @param maxBatch most rows in one call of a model; larger batches gain nothing on a CPU
/// @param queueCapacity most requests that wait for a model; one more is refused at once, since a
///   longer wait helps nobody
@ConfigurationProperties("gimbal.embedding")
public record EmbeddingSettings(
        @DefaultValue("AUTO") DeviceChoice device,
        @DefaultValue("64") int maxBatch,
        @DefaultValue("256") int queueCapacity) {
    public EmbeddingSettings {
        if (maxBatch < 1 || queueCapacity < 1) {
            throw new IllegalArgumentException(
                    "gimbal.embedding.max-batch and queue-capacity must be positive: "
                            + maxBatch
                            + ", "
                            + queueCapacity);
        }
    }

    /// The defaults, outside Spring.
    public static EmbeddingSettings defaults() {
        return new EmbeddingSettings(DeviceChoice.AUTO, 64, 256);
    }
}
