package dev.gimbal.web;

import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/// The body of `POST .../clouds`: a traversal's, and how many words a cloud holds.
///
/// @param k hits that a cloud is made of
record CloudRequest(
        @Nullable List<@Nullable QueryPart> query,
        @Nullable String target,
        @Nullable Integer k,
        @Nullable List<@Nullable FactorReference> factors,
        @Nullable List<@Nullable Combined> combined,
        @Nullable Integer steps,
        double @Nullable [] range,
        @Nullable String span,
        @Nullable Integer words,
        @Nullable Double scoreThreshold,
        @Nullable Boolean exact,
        @Nullable String steer,
        @Nullable String model,
        @Nullable JsonNode filter)
        implements SweepFields {}
