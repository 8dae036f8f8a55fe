package dev.gimbal.web;

import dev.gimbal.retrieval.Course;

/// What an answer was made with: the part of a response that makes it comparable.
///
/// @param model fingerprint of the model
/// @param collectionVersion number of the collection's last write when the query arrived
/// @param exact whether every item was compared
record AnsweredBy(
        String collection,
        long collectionVersion,
        String model,
        String modelName,
        String target,
        String engine,
        boolean exact) {

    static AnsweredBy of(Course course, String engine, boolean exact) {
        return new AnsweredBy(
                course.collection().name(),
                course.collection().change(),
                course.model(),
                course.embedder().bundle().manifest().name(),
                course.target(),
                engine,
                exact);
    }
}
