package dev.gimbal.index;

import dev.gimbal.family.Similarity;
import dev.gimbal.store.Database;
import dev.gimbal.store.VectorExtension;
import java.nio.charset.StandardCharsets;
import java.util.UUID;

/// One HNSW index in PostgreSQL: partial (one collection, model and modality) and over an
/// expression (the column has no dimension, the index needs one).
///
/// A query uses it only when it repeats predicate and expression word by word, with the values
/// written out: the planner cannot prove `model = $1`.
///
/// @param collection id of the collection
record HnswIndex(long collection, IndexSpace space, int dimension, Similarity similarity) {
    HnswIndex {
        requirePlain("model", space.fingerprint());
        requirePlain("modality", space.modality());
    }

    /// Creates it unless it is there; one process at a time.
    void create(Database database) {
        database.write(() -> {
            database.jdbc()
                    .sql("SELECT pg_advisory_xact_lock(hashtext(:name))::text")
                    .param("name", name())
                    .query(String.class)
                    .single();
            return database.jdbc()
                    .sql(
                            "CREATE INDEX IF NOT EXISTS %s ON embedding USING hnsw ((%s) %s) WHERE %s"
                                    .formatted(name(), expression(), operators(), predicate()))
                    .update();
        });
    }

    /// Distinct for every space and similarity; dropped with its collection by the prefix.
    String name() {
        String key = space.fingerprint() + " " + space.modality();
        UUID hash = UUID.nameUUIDFromBytes(key.getBytes(StandardCharsets.UTF_8));
        return VectorExtension.indexPrefix(collection)
                + hash.toString().substring(0, 13).replace("-", "")
                + switch (similarity) {
                    case COSINE -> "_cosine";
                    case NEGATIVE_SQUARED_L2 -> "_l2";
                    case INNER_PRODUCT -> "_product";
                };
    }

    /// The rows in it.
    String predicate() {
        return "collection = %d AND model = '%s' AND modality = '%s'"
                .formatted(collection, space.fingerprint(), space.modality());
    }

    /// What it is over.
    String expression() {
        return "pgvector::vector(" + dimension + ")";
    }

    /// The operator by which it orders: a distance, smaller is nearer.
    String distance() {
        return switch (similarity) {
            case COSINE -> "<=>";
            case NEGATIVE_SQUARED_L2 -> "<->";
            case INNER_PRODUCT -> "<#>";
        };
    }

    private String operators() {
        return switch (similarity) {
            case COSINE -> "vector_cosine_ops";
            case NEGATIVE_SQUARED_L2 -> "vector_l2_ops";
            case INNER_PRODUCT -> "vector_ip_ops";
        };
    }

    /// These stand in the statement itself.
    private static void requirePlain(String field, String value) {
        if (!value.matches("[A-Za-z0-9:_-]{1,128}")) {
            throw new IllegalArgumentException(field + " is not a plain name: '" + value + "'");
        }
    }
}
