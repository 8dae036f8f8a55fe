package dev.gimbal.retrieval;

import dev.gimbal.embedding.Embedder;
import dev.gimbal.store.SearchCollection;

/// A query resolved against a collection: who answers it, what is sought, and from where.
///
/// @param embedder the collection's active model
/// @param target modality of the hits
public record Course(SearchCollection collection, Embedder embedder, String target, Anchor anchor) {

    /// Fingerprint of the model that answers.
    public String model() {
        return embedder.bundle().fingerprint();
    }
}
