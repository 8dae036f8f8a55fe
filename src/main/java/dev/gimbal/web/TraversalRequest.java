package dev.gimbal.web;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// The body of `POST .../traversals`; only `query` is needed.
record TraversalRequest(
        @Nullable List<@Nullable QueryPart> query,
        @Nullable String target,
        @Nullable Integer k,
        @Nullable List<String> factors,
        @Nullable List<@Nullable Combined> combined,
        @Nullable Integer steps,
        double @Nullable [] range,
        @Nullable String span,
        @Nullable Double scoreThreshold,
        @Nullable Boolean exact,
        @Nullable String steer,
        @Nullable String model)
        implements SweepFields {
    static final TraversalRequest EMPTY =
            new TraversalRequest(
                    null, null, null, null, null, null, null, null, null, null, null, null);
}
