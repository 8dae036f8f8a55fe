package dev.gimbal.store;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Index vectors of items, by model and modality. Thread-safe.
public final class Embeddings {
    /// Before all keys, which have a version in them.
    private static final UUID LEAST = new UUID(0, 0);

    private final Database database;
    private final Collections collections;
    private final EmbeddingRows rows;
    private final EmbeddingHistory history;
    private final Tombstones tombstones;

    public Embeddings(Database database, Collections collections) {
        this.database = database;
        this.collections = collections;
        rows = new EmbeddingRows(database);
        history = new EmbeddingHistory(database);
        tombstones = new Tombstones(database);
    }

    /// One item's vector.
    public Optional<float[]> find(String collection, UUID item, String model, String modality) {
        return Optional.ofNullable(fetch(collection, List.of(item), model, modality).get(item));
    }

    /// The vectors of these items; those without one are absent.
    public Map<UUID, float[]> fetch(
            String collection, List<UUID> items, String model, String modality) {
        Map<UUID, float[]> found = new HashMap<>();
        database.jdbc()
                .sql(
                        """
                        SELECT e.item, e.vector
                        FROM embedding e JOIN collection c ON c.id = e.collection
                        WHERE c.name = :collection AND e.item = ANY(:items)
                          AND e.model = :model AND e.modality = :modality
                        """)
                .param("collection", collection)
                .param("items", items.toArray(UUID[]::new))
                .param("model", model)
                .param("modality", modality)
                .query(row -> {
                    found.put(
                            row.getObject("item", UUID.class),
                            FloatBytes.decode(row.getBytes("vector")));
                });
        return found;
    }

    /// Number of vectors.
    ///
    /// @throws NotFoundException for an unknown collection
    public long count(String collection, String model, String modality) {
        return database.jdbc()
                .sql(
                        """
                        SELECT count(*) FROM embedding
                        WHERE collection = :id AND model = :model AND modality = :modality
                        """)
                .param("id", collections.get(collection).id())
                .param("model", model)
                .param("modality", modality)
                .query(Long.class)
                .single();
    }

    /// The length of the vectors there; empty before the first one.
    public OptionalInt dimension(String collection, String model, String modality) {
        return database
                .jdbc()
                .sql(
                        """
                        SELECT dimension FROM embedding_space
                        WHERE collection = :id AND model = :model AND modality = :modality
                        """)
                .param("id", collections.get(collection).id())
                .param("model", model)
                .param("modality", modality)
                .query((row, _) -> row.getInt(1))
                .list()
                .stream()
                .mapToInt(Integer::intValue)
                .findFirst();
    }

    /// Items that carry a payload of this modality but no vector of it under this model: what is
    /// left to embed, by key.
    ///
    /// @param after the last key of the page before, `null` for the first page
    /// @throws NotFoundException for an unknown collection
    public List<Item> missing(
            String collection, String model, String modality, @Nullable UUID after, int limit) {
        return database.jdbc()
                .sql(
                        "SELECT "
                                + Items.COLUMNS
                                + """
                                FROM item i JOIN payload q
                                  ON q.item = i.key AND q.modality = :modality
                                WHERE i.collection = :id AND i.key > :after AND NOT EXISTS (
                                    SELECT FROM embedding e WHERE e.item = i.key
                                      AND e.model = :model AND e.modality = :modality)
                                ORDER BY i.key LIMIT :limit
                                """)
                .param("id", collections.get(collection).id())
                .param("model", model)
                .param("modality", modality)
                .param("after", after == null ? LEAST : after)
                .param("limit", limit)
                .query(Items::read)
                .list();
    }

    /// Sets the vectors of these items, under one change number; items deleted or given other
    /// content since they were read are passed over.
    ///
    /// @return the change number
    /// @throws NotFoundException for an unknown collection
    /// @throws IllegalArgumentException for a vector that is not finite or has the wrong length
    public long put(String collection, String model, String modality, Map<Item, float[]> vectors) {
        return database.write(() -> {
            SearchCollection target = collections.nextChange(collection);
            Set<UUID> same = unchanged(vectors.keySet());
            rows.write(
                    target,
                    vectors.entrySet().stream()
                            .filter(v -> same.contains(v.getKey().key()))
                            .map(v ->
                                    new EmbeddingRows.Row(
                                            v.getKey().key(),
                                            new Embedding(model, modality, v.getValue())))
                            .toList());
            return target.change();
        });
    }

    /// What became of one model's vectors of one modality since a change number, all of one moment.
    ///
    /// @param known id of the collection that was read before, 0 for none
    /// @param since change number that was read before
    /// @throws NotFoundException for an unknown collection
    public VectorChanges changes(
            String collection, String model, String modality, long known, long since) {
        return database.snapshot(
                () -> history.read(collections.get(collection), model, modality, known, since));
    }

    /// Makes this model's vectors the ones that are searched, unless an item still lacks one.
    /// Writes wait meanwhile, so that no item slips between.
    ///
    /// @param modalities which must be whole
    /// @return whether it was done
    /// @throws NotFoundException for an unknown collection or model
    public boolean activate(String collection, String model, List<String> modalities) {
        return database.write(() -> {
            collections.nextChange(collection);
            boolean whole =
                    modalities.stream()
                            .allMatch(m -> missing(collection, model, m, null, 1).isEmpty());
            if (whole) {
                collections.activate(collection, model);
            }
            return whole;
        });
    }

    /// Forgets tombstones of some age in every collection. They are only needed until every index
    /// has read them; one that has read less starts anew, so that it is safe at any age.
    ///
    /// @return how many
    public int forgetTombstones(Duration age) {
        return tombstones.collections(age).stream()
                .mapToInt(id -> database.write(() -> tombstones.forget(id, age)))
                .sum();
    }

    private Set<UUID> unchanged(Set<Item> items) {
        Map<UUID, String> hashes =
                items.stream().collect(Collectors.toMap(Item::key, Item::contentHash));
        return database
                .jdbc()
                .sql("SELECT key, content_hash FROM item WHERE key = ANY(:keys)")
                .param("keys", hashes.keySet().toArray(UUID[]::new))
                .query((row, _) -> Map.entry(row.getObject("key", UUID.class), row.getString(2)))
                .list()
                .stream()
                .filter(e -> e.getValue().equals(hashes.get(e.getKey())))
                .map(Map.Entry::getKey)
                .collect(Collectors.toSet());
    }
}
