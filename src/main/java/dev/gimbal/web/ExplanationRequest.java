package dev.gimbal.web;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// The body of `POST .../explanations`: the query and the item whose nearness is explained.
record ExplanationRequest(
        @Nullable List<@Nullable QueryPart> query,
        @Nullable String target,
        @Nullable Integer k,
        @Nullable String itemId,
        @Nullable Double scoreThreshold,
        @Nullable Boolean exact,
        @Nullable String steer,
        @Nullable String model)
        implements QueryFields {}
