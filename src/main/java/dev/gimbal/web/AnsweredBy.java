package dev.gimbal.web;

import dev.gimbal.retrieval.Answer;
import dev.gimbal.retrieval.Course;
import dev.gimbal.retrieval.FrozenHits;
import dev.gimbal.store.SearchCollection;
import org.jspecify.annotations.Nullable;

/// What an answer was made with: the part of a response that makes it comparable.
///
/// @param model fingerprint of the model
/// @param collectionVersion number of the collection's last write when the query arrived
/// @param target modality of the hits; `any` for several, fused by rank
/// @param exact whether every item was compared
/// @param stale `true` when the database is out of reach, so that later writes are not in it; else
///   absent
record AnsweredBy(
        String collection,
        long collectionVersion,
        String model,
        String modelName,
        String target,
        String engine,
        boolean exact,
        @Nullable Boolean stale) {

    static AnsweredBy of(Answer answer) {
        return of(answer.course(), answer.target(), answer.engine(), answer.exact());
    }

    static AnsweredBy of(Course course, String engine, boolean exact) {
        return of(course, course.target(), engine, exact);
    }

    /// A later page of an answer, as its first one.
    static AnsweredBy of(SearchCollection collection, FrozenHits frozen, String modelName) {
        return new AnsweredBy(
                collection.name(),
                frozen.version(),
                frozen.model(),
                modelName,
                frozen.target(),
                frozen.engine(),
                frozen.exact(),
                collection.stale() ? true : null);
    }

    private static AnsweredBy of(Course course, String target, String engine, boolean exact) {
        return new AnsweredBy(
                course.collection().name(),
                course.collection().change(),
                course.model(),
                course.embedder().bundle().manifest().name(),
                target,
                engine,
                exact,
                course.collection().stale() ? true : null);
    }
}
