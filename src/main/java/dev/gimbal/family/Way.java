package dev.gimbal.family;

import java.util.List;

/// A way that a model leads.
///
/// @param queries modalities, any of which z can be inferred from
/// @param target modality whose items are then located
public record Way(List<String> queries, String target) {
    public Way {
        queries = List.copyOf(queries);
    }
}
