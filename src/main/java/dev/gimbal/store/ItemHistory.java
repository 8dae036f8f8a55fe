package dev.gimbal.store;

import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;

/// Reads which items changed since a change number. Runs inside the caller's transaction.
final class ItemHistory {
    private static final int PAGE = 4096;

    private final JdbcClient jdbc;
    private final Tombstones tombstones;

    ItemHistory(Database database) {
        jdbc = database.jdbc();
        tombstones = new Tombstones(database);
    }

    /// What a copy that has read `since` of collection `known` has to apply.
    ItemChanges read(SearchCollection now, long known, long since) {
        boolean anew = tombstones.missed(now, known, since);
        long from = anew ? 0 : since;
        return new ItemChanges(
                now.id(),
                now.change(),
                anew,
                written(now.id(), from),
                anew ? List.of() : removed(now.id(), from));
    }

    private List<Item> written(long collection, long since) {
        List<Item> all = new ArrayList<>();
        long change = since;
        UUID key = new UUID(-1, -1);
        List<Item> page;
        do {
            page = page(collection, change, key);
            all.addAll(page);
            if (!page.isEmpty()) {
                change = page.getLast().change();
                key = page.getLast().key();
            }
        } while (page.size() == PAGE);
        return all;
    }

    private List<Item> page(long collection, long change, UUID key) {
        return jdbc.sql(
                        "SELECT "
                                + Items.COLUMNS
                                + """
                                FROM item i
                                WHERE i.collection = :collection AND (i.change, i.key) > (:change, :key)
                                ORDER BY i.change, i.key LIMIT :page
                                """)
                .param("collection", collection)
                .param("change", change)
                .param("key", key)
                .param("page", PAGE)
                .query(Items::read)
                .list();
    }

    private List<UUID> removed(long collection, long since) {
        return jdbc.sql("SELECT item FROM tombstone WHERE collection = :id AND change > :since")
                .param("id", collection)
                .param("since", since)
                .query((row, _) -> row.getObject(1, UUID.class))
                .list();
    }
}
