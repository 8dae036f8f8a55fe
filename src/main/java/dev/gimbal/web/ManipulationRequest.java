package dev.gimbal.web;

import dev.gimbal.dataset.BadInputException;
import dev.gimbal.traversal.Manipulation;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/// The body of `POST .../manipulations`: the query and the knobs' offsets in aggregated deviations,
/// of single factors, of several as one, or both.
record ManipulationRequest(
        @Nullable List<@Nullable QueryPart> query,
        @Nullable String target,
        @Nullable Integer k,
        @Nullable Map<String, Double> offsets,
        @Nullable List<SweepFields.@Nullable Combined> combined,
        @Nullable Double scoreThreshold,
        @Nullable Boolean exact,
        @Nullable String steer,
        @Nullable String model,
        @Nullable JsonNode filter)
        implements QueryFields {

    /// The combined factors, each turned by its offset.
    List<Manipulation.Turn> turns() {
        return SweepFields.Combined.present(combined).stream()
                .map(one -> {
                    Double offset = one.offset();
                    if (offset == null) {
                        throw new BadInputException(
                                "combined.offset", "none", "say how far it is turned");
                    }
                    return new Manipulation.Turn(one.factor(), offset);
                })
                .toList();
    }
}
