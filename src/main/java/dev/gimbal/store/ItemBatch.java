package dev.gimbal.store;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Stream;
import org.springframework.jdbc.core.simple.JdbcClient;

/// Writes a batch of items with one statement for each table, columns as arrays: a batch costs a
/// few round trips, whatever its size. Runs inside the caller's transaction.
final class ItemBatch {
    private final JdbcClient jdbc;
    private final EmbeddingRows embeddings;

    ItemBatch(Database database) {
        jdbc = database.jdbc();
        embeddings = new EmbeddingRows(database);
    }

    private record Row(UUID key, ItemWrite write, String hash) {}

    private record PayloadRow(UUID item, String modality, Payload payload) {
        String type() {
            return payload instanceof Payload.Bytes b ? b.mediaType() : "";
        }
    }

    /// @param writes by item key, each under an external id of its own
    void write(SearchCollection target, Map<UUID, ItemWrite> writes) {
        writes.values().forEach(write -> requireModalities(target, write));
        List<Row> rows =
                writes.entrySet().stream()
                        .map(e -> new Row(e.getKey(), e.getValue(), e.getValue().contentHash()))
                        .toList();
        List<Row> fresh = withNewContent(rows);
        dropContent(fresh);
        writeItems(target, rows);
        writePayloads(fresh);
        embeddings.write(target, rows.stream().flatMap(ItemBatch::vectors).toList());
    }

    private static void requireModalities(SearchCollection target, ItemWrite write) {
        for (String modality : write.payloads().keySet()) {
            if (!target.modalities().contains(modality)) {
                throw new IllegalArgumentException(
                        "item '%s' has modality '%s', collection '%s' holds only %s"
                                .formatted(
                                        write.externalId(),
                                        modality,
                                        target.name(),
                                        target.modalities()));
            }
        }
    }

    private List<Row> withNewContent(List<Row> rows) {
        Map<UUID, String> stored = new HashMap<>();
        jdbc.sql("SELECT key, content_hash FROM item WHERE key = ANY(:keys)")
                .param("keys", keys(rows))
                .query(row -> {
                    stored.put(row.getObject("key", UUID.class), row.getString(2));
                });
        return rows.stream().filter(r -> !r.hash().equals(stored.get(r.key()))).toList();
    }

    private void dropContent(List<Row> rows) {
        for (String table : List.of("payload", "embedding")) {
            jdbc.sql("DELETE FROM " + table + " WHERE item = ANY(:keys)")
                    .param("keys", keys(rows))
                    .update();
        }
    }

    private void writeItems(SearchCollection target, List<Row> rows) {
        jdbc.sql(
                        """
                        INSERT INTO item
                            (key, collection, external_id, attributes, content_hash, change)
                        SELECT key, :collection, id, attributes::jsonb, hash, :change
                        FROM unnest(:keys::uuid[], :ids::text[], :attributes::text[], :hashes::text[])
                            AS u(key, id, attributes, hash)
                        ON CONFLICT (key) DO UPDATE SET
                            attributes = excluded.attributes,
                            content_hash = excluded.content_hash,
                            change = excluded.change,
                            updated = now()
                        """)
                .param("collection", target.id())
                .param("change", target.change())
                .param("keys", keys(rows))
                .param("ids", texts(rows, r -> r.write().externalId()))
                .param("attributes", texts(rows, r -> Attributes.write(r.write().attributes())))
                .param("hashes", texts(rows, Row::hash))
                .update();
        jdbc.sql("DELETE FROM tombstone WHERE item = ANY(:keys)")
                .param("keys", keys(rows))
                .update();
    }

    private void writePayloads(List<Row> items) {
        List<PayloadRow> rows =
                items.stream()
                        .flatMap(r ->
                                r.write().payloads().entrySet().stream()
                                        .map(p ->
                                                new PayloadRow(r.key(), p.getKey(), p.getValue())))
                        .toList();
        jdbc.sql(
                        """
                        INSERT INTO payload (item, modality, kind, media_type, content)
                        SELECT * FROM unnest(:items::uuid[], :modalities::text[], :kinds::text[],
                            :types::text[], :contents::bytea[])
                        """)
                .param("items", rows.stream().map(PayloadRow::item).toArray(UUID[]::new))
                .param("modalities", texts(rows, PayloadRow::modality))
                .param("kinds", texts(rows, r -> r.payload().kind()))
                .param("types", texts(rows, PayloadRow::type))
                .param(
                        "contents",
                        rows.stream().map(r -> r.payload().bytes()).toArray(byte[][]::new))
                .update();
    }

    private static Stream<EmbeddingRows.Row> vectors(Row row) {
        return row.write().embeddings().stream().map(e -> new EmbeddingRows.Row(row.key(), e));
    }

    private static UUID[] keys(List<Row> rows) {
        return rows.stream().map(Row::key).toArray(UUID[]::new);
    }

    private static <R> String[] texts(List<R> rows, Function<R, String> column) {
        return rows.stream().map(column).toArray(String[]::new);
    }
}
