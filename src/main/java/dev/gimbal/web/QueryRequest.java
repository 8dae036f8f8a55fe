package dev.gimbal.web;

import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/// The body of `POST .../query`; only `query` is needed, or a `cursor` alone, perhaps with `k`.
///
/// @param candidates how many hits are ranked at once, of which `cursor` then gives page after page
/// @param cursor of the page before
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
        @Nullable JsonNode filter,
        @Nullable Integer candidates,
        @Nullable String cursor)
        implements QueryFields {
    static final QueryRequest EMPTY =
            new QueryRequest(
                    null, null, null, null, null, null, null, null, null, null, null, null);

    /// Whether nothing but a cursor, and perhaps `k`, is given.
    boolean onlyCursor() {
        return equals(
                new QueryRequest(
                        null, null, k, null, null, null, null, null, null, null, null, cursor));
    }
}
