package dev.gimbal.web;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/// The body of `POST .../traversals` and of `.../planes`; only `query` is needed (and two `factors`
/// for a plane).
///
/// @param offsets knobs that are turned before, in aggregated deviations
record TraversalRequest(
        @Nullable List<@Nullable QueryPart> query,
        @Nullable String target,
        @Nullable Integer k,
        @Nullable Map<String, Double> offsets,
        @Nullable List<@Nullable FactorReference> factors,
        @Nullable List<@Nullable Combined> combined,
        @Nullable Integer steps,
        double @Nullable [] range,
        @Nullable String span,
        @Nullable Double scoreThreshold,
        @Nullable Boolean exact,
        @Nullable String steer,
        @Nullable String model,
        @Nullable JsonNode filter)
        implements SweepFields {
    static final TraversalRequest EMPTY =
            new TraversalRequest(
                    null, null, null, null, null, null, null, null, null, null, null, null, null,
                    null);
}
