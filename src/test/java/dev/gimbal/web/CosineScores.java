package dev.gimbal.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.gimbal.family.Similarity;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import tools.jackson.databind.JsonNode;

/// What items score that are searched by the cosine.
final class CosineScores {
    private CosineScores() {}

    /// Every item scores the log-mean-exp of its cosines with the points.
    ///
    /// @param vectors of all items, by id
    static void require(JsonNode hits, Map<String, float[]> vectors, List<float[]> points) {
        assertThat(hits).hasSize(vectors.size());
        for (JsonNode hit : hits) {
            float[] vector = Objects.requireNonNull(vectors.get(hit.get("id").stringValue()));
            double sum =
                    points.stream()
                            .mapToDouble(z -> Math.exp(Similarity.COSINE.of(z, vector)))
                            .sum();
            assertThat(hit.get("score").doubleValue())
                    .isCloseTo(Math.log(sum / points.size()), within(1e-4));
        }
    }
}
