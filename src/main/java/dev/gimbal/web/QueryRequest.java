package dev.gimbal.web;

import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/// The body of `POST .../query`; only `query` is needed.
record QueryRequest(
        @Nullable List<@Nullable QueryPart> query,
        @Nullable String target,
        @Nullable Integer k,
        @Nullable Integer samples,
        @Nullable Long seed,
        @Nullable Double scoreThreshold,
        @Nullable Boolean exact,
        @Nullable String steer,
        @Nullable String model,
        @Nullable JsonNode filter)
        implements QueryFields {
    static final QueryRequest EMPTY =
            new QueryRequest(null, null, null, null, null, null, null, null, null, null);
}
