package dev.gimbal.retrieval;

import dev.gimbal.embedding.Embedder;
import dev.gimbal.store.SearchCollection;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// A query resolved against a collection: who answers it, what is sought, and from where.
///
/// @param embedder the collection's active model
/// @param target modality of the hits
/// @param allowed keys of the items that meet the query's filter; `null` for all
public record Course(
        SearchCollection collection,
        Embedder embedder,
        String target,
        Anchor anchor,
        @Nullable Set<UUID> allowed) {

    /// Fingerprint of the model that answers.
    public String model() {
        return embedder.bundle().fingerprint();
    }
}
