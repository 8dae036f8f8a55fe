package dev.gimbal.store;

import java.util.List;
import java.util.StringJoiner;
import org.springframework.jdbc.BadSqlGrammarException;

/// PostgreSQL's extension `vector` (pgvector), as far as the tables are concerned: the column
/// `embedding.pgvector`, filled for collections whose engine searches it. Thread-safe.
///
/// A migration cannot add the column, since not every server has the type; so code does, when the
/// first collection asks for it.
public final class VectorExtension {
    private static final String INDEX_PREFIX = "hnsw_";

    private final Database database;

    public VectorExtension(Database database) {
        this.database = database;
    }

    /// Whether the server offers the extension, installed in this database or not.
    public boolean available() {
        return !database.jdbc()
                .sql("SELECT name FROM pg_available_extensions WHERE name = 'vector'")
                .query(String.class)
                .list()
                .isEmpty();
    }

    /// Installs the extension and the column, once.
    ///
    /// @throws IllegalArgumentException when the server lacks it, or the user may not install it
    public void install() {
        if (!available()) {
            throw new IllegalArgumentException(
                    "engine 'pgvector' needs the extension 'vector', which this server (PostgreSQL "
                            + version()
                            + ") lacks: install pgvector there, or use engine 'exact'");
        }
        if (installed()) {
            return;
        }
        database.write(() -> {
            var jdbc = database.jdbc();
            jdbc.sql("SELECT pg_advisory_xact_lock(hashtext('gimbal vector'))::text")
                    .query(String.class)
                    .single();
            createExtension();
            return jdbc.sql("ALTER TABLE embedding ADD COLUMN IF NOT EXISTS pgvector vector")
                    .update();
        });
    }

    private void createExtension() {
        try {
            database.jdbc().sql("CREATE EXTENSION IF NOT EXISTS vector").update();
        } catch (BadSqlGrammarException e) {
            throw new IllegalArgumentException(
                    "engine 'pgvector' needs the extension 'vector', which this user may not"
                            + " install: let an administrator run CREATE EXTENSION vector",
                    e);
        }
    }

    /// What the name of every index of a collection begins with.
    public static String indexPrefix(long collection) {
        return INDEX_PREFIX + collection + "_";
    }

    /// Drops the indexes of a collection that is gone. Not within a transaction.
    void dropIndexes(long collection) {
        List<String> names =
                database.jdbc()
                        .sql(
                                """
                                SELECT format('%I.%I', schemaname, indexname) FROM pg_indexes
                                WHERE tablename = 'embedding' AND starts_with(indexname, :prefix)
                                """)
                        .param("prefix", indexPrefix(collection))
                        .query((row, _) -> row.getString(1))
                        .list();
        names.forEach(
                name -> database.jdbc().sql("DROP INDEX CONCURRENTLY IF EXISTS " + name).update());
    }

    private boolean installed() {
        return !database.jdbc()
                .sql(
                        """
                        SELECT column_name FROM information_schema.columns
                        WHERE table_schema = current_schema() AND table_name = 'embedding'
                          AND column_name = 'pgvector'
                        """)
                .query(String.class)
                .list()
                .isEmpty();
    }

    private String version() {
        return database.jdbc().sql("SHOW server_version").query(String.class).single();
    }

    /// A vector as the extension reads it.
    public static String literal(float[] vector) {
        StringJoiner text = new StringJoiner(",", "[", "]");
        for (float value : vector) {
            text.add(Float.toString(value));
        }
        return text.toString();
    }
}
