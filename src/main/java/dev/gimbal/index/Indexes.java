package dev.gimbal.index;

import dev.gimbal.store.ConflictException;
import dev.gimbal.store.SearchCollection;

/// The index that searches a collection, by the engine it was created with. Thread-safe.
public final class Indexes {
    private final ExactIndex exact;
    private final PgvectorIndex pgvector;

    public Indexes(ExactIndex exact, PgvectorIndex pgvector) {
        this.exact = exact;
        this.pgvector = pgvector;
    }

    /// The engine of this collection.
    public VectorIndex of(SearchCollection collection) {
        return switch (collection.engine()) {
            case EXACT -> exact;
            case PGVECTOR -> pgvector;
        };
    }

    /// Where a query located by this model is searched.
    ///
    /// @throws ConflictException when the collection is searched by another model: points and
    ///   vectors of two models cannot be compared
    /// @throws IllegalArgumentException for a modality that the collection lacks
    public IndexSpace space(SearchCollection collection, String fingerprint, String modality) {
        if (!fingerprint.equals(collection.model())) {
            throw new ConflictException(
                    "collection '%s' is indexed by model '%s', the query is by model '%s'"
                            .formatted(collection.name(), collection.model(), fingerprint));
        }
        if (!collection.modalities().contains(modality)) {
            throw new IllegalArgumentException(
                    "collection '%s' has no modality '%s', only %s"
                            .formatted(collection.name(), modality, collection.modalities()));
        }
        return new IndexSpace(collection.name(), fingerprint, modality);
    }
}
