package dev.gimbal.retrieval;

import java.util.List;

/// The hits of a query, best first.
///
/// @param engine which index was searched
/// @param exact whether every item was compared
public record Answer(Course course, String engine, boolean exact, List<Hit> hits) {
    public Answer {
        hits = List.copyOf(hits);
    }
}
