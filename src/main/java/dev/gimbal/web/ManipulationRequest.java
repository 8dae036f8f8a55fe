package dev.gimbal.web;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The body of `POST .../manipulations`: the query and the knobs' offsets in aggregated deviations.
record ManipulationRequest(
        @Nullable List<@Nullable QueryPart> query,
        @Nullable String target,
        @Nullable Integer k,
        @Nullable Map<String, Double> offsets,
        @Nullable Double scoreThreshold,
        @Nullable Boolean exact,
        @Nullable String steer,
        @Nullable String model)
        implements QueryFields {}
