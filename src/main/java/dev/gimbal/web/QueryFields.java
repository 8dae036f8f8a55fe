package dev.gimbal.web;

import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/// What every request that starts from a query has in common.
interface QueryFields {
    @Nullable List<@Nullable QueryPart> query();

    @Nullable String target();

    @Nullable Integer k();

    @Nullable Double scoreThreshold();

    @Nullable Boolean exact();

    @Nullable String steer();

    @Nullable String model();

    /// Which items are searched.
    default @Nullable JsonNode filter() {
        return null;
    }

    /// Draws from the posterior, for requests that know them.
    default @Nullable Integer samples() {
        return null;
    }

    /// Seed of those draws.
    default @Nullable Long seed() {
        return null;
    }
}
