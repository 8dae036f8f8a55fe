package dev.gimbal.store;

import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;

/// Reads what changed since a change number. Runs inside the caller's transaction.
final class EmbeddingHistory {
    private static final int PAGE = 4096;

    private final JdbcClient jdbc;
    private final Tombstones tombstones;

    EmbeddingHistory(Database database) {
        jdbc = database.jdbc();
        tombstones = new Tombstones(database);
    }

    /// What an index that has read `since` of collection `known` has to apply.
    VectorChanges read(
            SearchCollection now, String model, String modality, long known, long since) {
        boolean anew = tombstones.missed(now, known, since);
        long from = anew ? 0 : since;
        return new VectorChanges(
                now.id(),
                now.change(),
                anew,
                written(now.id(), model, modality, from),
                anew ? List.of() : removed(now.id(), model, modality, from));
    }

    private record Row(long change, VectorChanges.Written written) {}

    private List<VectorChanges.Written> written(
            long collection, String model, String modality, long since) {
        List<VectorChanges.Written> all = new ArrayList<>();
        long change = since;
        UUID item = new UUID(-1, -1);
        List<Row> page;
        do {
            page = page(collection, model, modality, change, item);
            page.forEach(row -> all.add(row.written()));
            if (!page.isEmpty()) {
                change = page.getLast().change();
                item = page.getLast().written().item();
            }
        } while (page.size() == PAGE);
        return all;
    }

    private List<Row> page(long collection, String model, String modality, long change, UUID item) {
        return jdbc.sql(
                        """
                        SELECT item, change, vector FROM embedding
                        WHERE collection = :collection AND model = :model AND modality = :modality
                          AND (change, item) > (:change, :item)
                        ORDER BY change, item LIMIT :page
                        """)
                .param("collection", collection)
                .param("model", model)
                .param("modality", modality)
                .param("change", change)
                .param("item", item)
                .param("page", PAGE)
                .query((row, _) ->
                        new Row(
                                row.getLong("change"),
                                new VectorChanges.Written(
                                        row.getObject("item", UUID.class),
                                        FloatBytes.decode(row.getBytes("vector")))))
                .list();
    }

    /// Deleted items, and items whose new content has no vector here.
    private List<UUID> removed(long collection, String model, String modality, long since) {
        return jdbc.sql(
                        """
                        SELECT item FROM tombstone
                        WHERE collection = :collection AND change > :since
                        UNION ALL
                        SELECT key FROM item i
                        WHERE collection = :collection AND change > :since AND NOT EXISTS (
                            SELECT FROM embedding e WHERE e.item = i.key
                              AND e.model = :model AND e.modality = :modality)
                        """)
                .param("collection", collection)
                .param("since", since)
                .param("model", model)
                .param("modality", modality)
                .query((row, _) -> row.getObject(1, UUID.class))
                .list();
    }
}
