package dev.gimbal.store;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;

/// Writes index vectors. Runs inside the caller's transaction, which holds the collection's row.
final class EmbeddingRows {
    private final JdbcClient jdbc;

    EmbeddingRows(Database database) {
        jdbc = database.jdbc();
    }

    record Row(UUID item, Embedding embedding) {}

    private record Space(String model, String modality) {}

    /// Inserts or replaces the vectors under the collection's newest change number.
    ///
    /// @throws IllegalArgumentException when lengths differ within one collection, model and
    ///   modality, or exceed what the engine can index
    void write(SearchCollection target, List<Row> rows) {
        if (rows.isEmpty()) {
            return;
        }
        requireDimensions(target, rows);
        boolean searched = target.engine() == Engine.PGVECTOR;
        jdbc.sql(
                        searched
                                ? INSERT.replace("/*column*/", ", pgvector")
                                        .replace("/*value*/", ", literal::vector")
                                        .replace("/*update*/", ", pgvector = excluded.pgvector")
                                : INSERT)
                .param("collection", target.id())
                .param("change", target.change())
                .param("items", rows.stream().map(Row::item).toArray(UUID[]::new))
                .param("models", strings(rows.stream().map(r -> r.embedding().model()).toList()))
                .param(
                        "modalities",
                        strings(rows.stream().map(r -> r.embedding().modality()).toList()))
                .param(
                        "vectors",
                        rows.stream()
                                .map(r -> FloatBytes.encode(r.embedding().vector()))
                                .toArray(byte[][]::new))
                .param(
                        "literals",
                        rows.stream()
                                .map(r ->
                                        searched
                                                ? VectorExtension.literal(r.embedding().vector())
                                                : "")
                                .toArray(String[]::new))
                .update();
    }

    private static final String INSERT =
            """
            INSERT INTO embedding (item, collection, model, modality, vector, change/*column*/)
            SELECT item, :collection, model, modality, bytes, :change/*value*/
            FROM unnest(:items::uuid[], :models::text[], :modalities::text[], :vectors::bytea[],
                :literals::text[])
                AS u(item, model, modality, bytes, literal)
            ON CONFLICT (item, model, modality) DO UPDATE SET
                vector = excluded.vector, change = excluded.change/*update*/
            """;

    private void requireDimensions(SearchCollection target, List<Row> rows) {
        Map<Space, Integer> dimensions = new LinkedHashMap<>();
        for (Row row : rows) {
            Embedding e = row.embedding();
            int length = e.vector().length;
            Space space = new Space(e.model(), e.modality());
            requireEqual(
                    space,
                    length,
                    dimensions.computeIfAbsent(space, s -> known(target, s, length)));
        }
    }

    private static void requireEqual(Space space, int length, int expected) {
        if (length != expected) {
            throw new IllegalArgumentException(
                    "vector of modality '%s' under model '%s' has %d entries, expected %d"
                            .formatted(space.modality(), space.model(), length, expected));
        }
    }

    /// The dimension of a space, which its first vector fixes.
    private int known(SearchCollection target, Space space, int length) {
        target.engine().requireDimension(length);
        return jdbc.sql(
                        """
                        INSERT INTO embedding_space (collection, model, modality, dimension)
                        VALUES (:collection, :model, :modality, :length)
                        ON CONFLICT (collection, model, modality)
                        DO UPDATE SET dimension = embedding_space.dimension RETURNING dimension
                        """)
                .param("collection", target.id())
                .param("model", space.model())
                .param("modality", space.modality())
                .param("length", length)
                .query(Integer.class)
                .single();
    }

    private static String[] strings(List<String> values) {
        return values.toArray(String[]::new);
    }
}
