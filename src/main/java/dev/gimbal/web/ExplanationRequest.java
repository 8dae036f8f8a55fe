package dev.gimbal.web;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/// The body of `POST .../explanations`: the query and the item whose nearness is explained.
///
/// @param offsets knobs that are turned before, in aggregated deviations
record ExplanationRequest(
        @Nullable List<@Nullable QueryPart> query,
        @Nullable String target,
        @Nullable Integer k,
        @Nullable String itemId,
        @Nullable Map<String, Double> offsets,
        @Nullable Double scoreThreshold,
        @Nullable Boolean exact,
        @Nullable String steer,
        @Nullable String model,
        @Nullable JsonNode filter)
        implements QueryFields {}
