package dev.gimbal.retrieval;

import java.util.List;

/// The hits of a query, best first.
///
/// @param target modality of the hits, or [Query#ANY]
/// @param engine which index was searched
/// @param exact whether every item was compared
public record Answer(Course course, String target, String engine, boolean exact, List<Hit> hits) {
    public Answer {
        hits = List.copyOf(hits);
    }

    /// The hits of one modality.
    public Answer(Course course, String engine, boolean exact, List<Hit> hits) {
        this(course, course.target(), engine, exact, hits);
    }

    /// The same answer with its first hits alone.
    public Answer first(int k) {
        return new Answer(course, target, engine, exact, hits.subList(0, Math.min(k, hits.size())));
    }

    /// Whether it was fused of several modalities: scores are of ranks then, and no z is its own.
    public boolean fused() {
        return target.equals(Query.ANY);
    }
}
