package dev.gimbal.index;

import dev.gimbal.family.Similarity;
import dev.gimbal.store.Database;
import dev.gimbal.store.VectorExtension;
import java.nio.charset.StandardCharsets;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;

/// One HNSW index in PostgreSQL: partial (one collection, model and modality) and over an
/// expression (the column has no dimension, the index needs one).
///
/// A query uses it only when it repeats predicate and expression word by word, with the values
/// written out: the planner cannot prove `model = $1`.
///
/// @param collection id of the collection
record HnswIndex(long collection, IndexSpace space, int dimension, Similarity similarity) {
    private static final String BUILDING = "hashtext('gimbal hnsw')";
    private static final long PAUSE_MILLIS = 100;

    HnswIndex {
        requirePlain("model", space.fingerprint());
        requirePlain("modality", space.modality());
    }

    /// Creates it unless it is there, while others go on writing to the table, which all
    /// collections share.
    ///
    /// One process builds one index at a time: two builds on one table would wait for each other.
    /// The others ask again and again, since the build would wait for a transaction that waits for
    /// it.
    void create(Database database) {
        while (!valid(database.jdbc())) {
            if (!database.session(this::built)) {
                pause();
            }
        }
    }

    /// @return false while somebody else builds
    private boolean built(JdbcClient session) {
        if (!asked(session, "SELECT pg_try_advisory_lock(%s)".formatted(BUILDING))) {
            return false;
        }
        try {
            if (!valid(session)) {
                // what an interrupted build has left is there, and used by nobody
                session.sql("DROP INDEX CONCURRENTLY IF EXISTS " + name()).update();
                session.sql(
                                "CREATE INDEX CONCURRENTLY %s ON embedding USING hnsw ((%s) %s) WHERE %s"
                                        .formatted(name(), expression(), operators(), predicate()))
                        .update();
            }
            return true;
        } finally {
            asked(session, "SELECT pg_advisory_unlock(%s)".formatted(BUILDING));
        }
    }

    private boolean valid(JdbcClient jdbc) {
        return asked(
                jdbc,
                "SELECT EXISTS (SELECT FROM pg_index WHERE indexrelid = to_regclass('%s') AND indisvalid)"
                        .formatted(name()));
    }

    private static boolean asked(JdbcClient jdbc, String question) {
        return jdbc.sql(question).query(Boolean.class).single();
    }

    private static void pause() {
        try {
            Thread.sleep(PAUSE_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while another builds an index", e);
        }
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
