package dev.gimbal.web;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// Embeddings in the order of their inputs.
record EmbeddingsResponse(String model, String kind, List<One> embeddings) {

    /// One input's: an index vector, or a posterior over z.
    ///
    /// @param logVariance absent for a point
    record One(
            String modality,
            float @Nullable [] vector,
            float @Nullable [] mean,
            float @Nullable [] logVariance) {}
}
