package dev.gimbal.store;

import java.nio.charset.StandardCharsets;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.RowCallbackHandler;

/// The items of collections, with their payloads. Thread-safe.
public final class Items {
    static final String COLUMNS =
            """
            i.key, i.external_id, i.attributes, i.content_hash, i.change, i.updated,
            ARRAY(SELECT p.modality FROM payload p WHERE p.item = i.key) AS modalities
            """;

    private final Database database;
    private final Collections collections;
    private final ItemBatch batches;
    private final ItemHistory history;

    public Items(Database database, Collections collections) {
        this.database = database;
        this.collections = collections;
        batches = new ItemBatch(database);
        history = new ItemHistory(database);
    }

    /// Inserts or replaces items, all or none, under one change number. Of two writes with the same
    /// external id the later one counts. Vectors of an item whose payloads changed are dropped,
    /// except those given here.
    ///
    /// @return the change number
    /// @throws NotFoundException for an unknown collection
    /// @throws IllegalArgumentException for a modality that the collection lacks, or vectors whose
    ///   length differs from those there
    public long upsert(String collection, List<ItemWrite> batch) {
        if (batch.isEmpty()) {
            return collections.get(collection).change();
        }
        return database.write(() -> {
            SearchCollection target = collections.nextChange(collection);
            batches.write(target, byKey(collection, batch));
            return target.change();
        });
    }

    /// The same, if the collection is still searched by the model that made the batch's vectors:
    /// else the items would be found by nobody.
    ///
    /// @param seen the collection as it was when the vectors were made
    /// @return the change number; empty when nothing was written
    /// @throws NotFoundException for an unknown collection
    /// @throws IllegalArgumentException as above
    public OptionalLong upsert(SearchCollection seen, List<ItemWrite> batch) {
        return database.write(() -> {
            SearchCollection target = collections.nextChange(seen.name());
            if (!Objects.equals(target.model(), seen.model())) {
                return OptionalLong.empty();
            }
            batches.write(target, byKey(seen.name(), batch));
            return OptionalLong.of(target.change());
        });
    }

    private static Map<UUID, ItemWrite> byKey(String collection, List<ItemWrite> batch) {
        Map<UUID, ItemWrite> writes = new LinkedHashMap<>();
        batch.forEach(w -> writes.put(ItemKey.of(collection, w.externalId()), w));
        return writes;
    }

    /// Deletes an item and leaves a tombstone, by which indexes learn of it.
    ///
    /// @return whether there was one
    /// @throws NotFoundException for an unknown collection
    public boolean delete(String collection, String externalId) {
        UUID key = ItemKey.of(collection, externalId);
        return database.write(() -> {
            if (find(collection, externalId).isEmpty()) {
                return false;
            }
            SearchCollection target = collections.nextChange(collection);
            var jdbc = database.jdbc();
            jdbc.sql(
                            """
                            INSERT INTO tombstone (item, collection, change)
                            SELECT key, collection, :change FROM item WHERE key = :key
                            ON CONFLICT (item) DO NOTHING
                            """)
                    .param("change", target.change())
                    .param("key", key)
                    .update();
            return jdbc.sql("DELETE FROM item WHERE key = :key").param("key", key).update() == 1;
        });
    }

    /// The item of that external id.
    ///
    /// @throws NotFoundException for an unknown collection
    public Optional<Item> find(String collection, String externalId) {
        collections.get(collection);
        return fetch(collection, List.of(ItemKey.of(collection, externalId))).stream().findFirst();
    }

    /// The items of these keys, in this order; unknown ones are left out.
    public List<Item> fetch(String collection, List<UUID> keys) {
        Map<UUID, Item> found = new HashMap<>();
        database.jdbc()
                .sql(
                        "SELECT "
                                + COLUMNS
                                + """
                                FROM item i JOIN collection c ON c.id = i.collection
                                WHERE c.name = :collection AND i.key = ANY(:keys)
                                """)
                .param("collection", collection)
                .param("keys", keys.toArray(UUID[]::new))
                .query(Items::read)
                .list()
                .forEach(item -> found.put(item.key(), item));
        return keys.stream().map(found::get).filter(Objects::nonNull).toList();
    }

    /// What became of a collection's items since a change number, all of one moment.
    ///
    /// @param known id of the collection that was read before, 0 for none
    /// @param since change number that was read before
    /// @throws NotFoundException for an unknown collection
    public ItemChanges changes(String collection, long known, long since) {
        return database.snapshot(() -> history.read(collections.get(collection), known, since));
    }

    /// A page of items by external id, in byte order.
    ///
    /// @param after the last external id of the page before, `null` for the first page
    /// @throws NotFoundException for an unknown collection
    public List<Item> list(String collection, @Nullable String after, int limit) {
        return database.jdbc()
                .sql(
                        "SELECT "
                                + COLUMNS
                                + """
                                FROM item i
                                WHERE i.collection = :id
                                  AND i.external_id COLLATE "C" > coalesce(:after, '')
                                ORDER BY i.external_id COLLATE "C" LIMIT :limit
                                """)
                .param("id", collections.get(collection).id())
                .param("after", after)
                .param("limit", limit)
                .query(Items::read)
                .list();
    }

    /// Items drawn at random: keys are hashes, so those that follow a random key are a sample.
    ///
    /// @param seed the same seed draws the same items, as long as none is added or deleted
    /// @throws NotFoundException for an unknown collection
    public List<Item> sample(String collection, int count, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        UUID start = new UUID(random.nextLong(), random.nextLong());
        long id = collections.get(collection).id();
        List<Item> drawn = new ArrayList<>(byKey(id, "i.key >= :start", start, count));
        if (drawn.size() < count) {
            drawn.addAll(byKey(id, "i.key < :start", start, count - drawn.size()));
        }
        return drawn;
    }

    private List<Item> byKey(long collection, String side, UUID start, int count) {
        return database.jdbc()
                .sql(
                        "SELECT "
                                + COLUMNS
                                + " FROM item i WHERE i.collection = :id AND "
                                + side
                                + " ORDER BY i.key LIMIT :count")
                .param("id", collection)
                .param("start", start)
                .param("count", count)
                .query(Items::read)
                .list();
    }

    /// Keys of the items whose attributes meet a filter.
    ///
    /// @throws NotFoundException for an unknown collection
    public Set<UUID> matching(String collection, Filter filter) {
        FilterSql sql = new FilterSql(filter);
        return new HashSet<>(
                database.jdbc()
                        .sql(
                                "SELECT i.key FROM item i WHERE i.collection = :id AND "
                                        + sql.condition())
                        .param("id", collections.get(collection).id())
                        .params(sql.parameters())
                        .query(UUID.class)
                        .list());
    }

    /// Number of items.
    ///
    /// @throws NotFoundException for an unknown collection
    public long count(String collection) {
        return database.jdbc()
                .sql("SELECT count(*) FROM item WHERE collection = :id")
                .param("id", collections.get(collection).id())
                .query(Long.class)
                .single();
    }

    /// Number of items of each of these collections, by the collection's id.
    public Map<Long, Long> counts(List<SearchCollection> wanted) {
        Map<Long, Long> counts = new HashMap<>();
        wanted.forEach(collection -> counts.put(collection.id(), 0L));
        database.jdbc()
                .sql(
                        """
                        SELECT collection, count(*) FROM item
                        WHERE collection = ANY(:ids) GROUP BY collection
                        """)
                .param("ids", counts.keySet().toArray(Long[]::new))
                .query((RowCallbackHandler) row -> counts.put(row.getLong(1), row.getLong(2)));
        return counts;
    }

    /// What was given for one modality of an item.
    public Optional<Payload> payload(String collection, String externalId, String modality) {
        UUID key = ItemKey.of(collection, externalId);
        return Optional.ofNullable(payloads(collection, List.of(key), modality).get(key));
    }

    /// What was given for one modality of several items; those without it are absent.
    public Map<UUID, Payload> payloads(String collection, List<UUID> keys, String modality) {
        Map<UUID, Payload> found = new HashMap<>();
        database.jdbc()
                .sql(
                        """
                        SELECT p.item, p.kind, p.media_type, p.content
                        FROM payload p JOIN item i ON i.key = p.item
                        JOIN collection c ON c.id = i.collection
                        WHERE c.name = :collection AND p.item = ANY(:keys) AND p.modality = :modality
                        """)
                .param("collection", collection)
                .param("keys", keys.toArray(UUID[]::new))
                .param("modality", modality)
                .query(row -> {
                    found.put(row.getObject("item", UUID.class), readPayload(row));
                });
        return found;
    }

    /// The texts that were given for one modality of several items; those with something else, or
    /// nothing, are absent.
    public Map<UUID, String> texts(String collection, List<UUID> keys, String modality) {
        Map<UUID, String> found = new HashMap<>();
        database.jdbc()
                .sql(
                        """
                        SELECT p.item, convert_from(p.content, 'UTF8') AS text
                        FROM payload p JOIN item i ON i.key = p.item
                        JOIN collection c ON c.id = i.collection
                        WHERE c.name = :collection AND p.item = ANY(:keys)
                          AND p.modality = :modality AND p.kind = 'text'
                        """)
                .param("collection", collection)
                .param("keys", keys.toArray(UUID[]::new))
                .param("modality", modality)
                .query(
                        (RowCallbackHandler)
                                row ->
                                        found.put(
                                                row.getObject("item", UUID.class),
                                                row.getString("text")));
        return found;
    }

    static Item read(ResultSet row, int number) throws SQLException {
        return new Item(
                row.getObject("key", UUID.class),
                row.getString("external_id"),
                Set.copyOf(Arrays.asList((String[]) row.getArray("modalities").getArray())),
                Attributes.readObject(row.getString("attributes")),
                row.getString("content_hash"),
                row.getLong("change"),
                row.getObject("updated", OffsetDateTime.class).toInstant());
    }

    private static Payload readPayload(ResultSet row) throws SQLException {
        byte[] content = row.getBytes("content");
        String kind = row.getString("kind");
        return switch (kind) {
            case "bytes" -> new Payload.Bytes(row.getString("media_type"), content);
            case "text" -> new Payload.Text(new String(content, StandardCharsets.UTF_8));
            case "vector" -> new Payload.Vector(FloatBytes.decode(content));
            default -> throw new IllegalStateException("unknown kind of payload: " + kind);
        };
    }
}
