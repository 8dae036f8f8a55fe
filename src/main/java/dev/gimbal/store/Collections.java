package dev.gimbal.store;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DuplicateKeyException;

/// The collections of the database. Thread-safe.
public final class Collections {
    private static final String COLUMNS =
            """
            collection.*,
            (SELECT m.version FROM model m WHERE m.fingerprint = collection.model) AS model_version
            """;

    private final Database database;
    private final VectorExtension extension;
    private final Map<String, SearchCollection> seen = new ConcurrentHashMap<>();

    public Collections(Database database, VectorExtension extension) {
        this.database = database;
        this.extension = extension;
    }

    /// Creates an empty collection.
    ///
    /// @param model fingerprint of a stored model, `null` to choose one later by [#activate]
    /// @throws IllegalArgumentException for a malformed name, or an engine that the server lacks
    /// @throws NotFoundException for an unknown model
    /// @throws ConflictException when the name is taken
    public SearchCollection create(
            String name, List<String> modalities, @Nullable String model, Engine engine) {
        SearchCollection.requireName(name);
        SearchCollection.requireModalities(modalities);
        requireModel(model);
        if (engine == Engine.PGVECTOR) {
            extension.install();
        }
        try {
            return database.jdbc()
                    .sql(
                            """
                            INSERT INTO collection (name, modalities, model, engine)
                            VALUES (:name, :modalities, :model, :engine) RETURNING
                            """
                                    + COLUMNS)
                    .param("name", name)
                    .param("modalities", modalities.toArray(String[]::new))
                    .param("model", model)
                    .param("engine", engine.id())
                    .query(Collections::read)
                    .single();
        } catch (DuplicateKeyException _) {
            throw new ConflictException("collection '" + name + "' exists already");
        }
    }

    /// The collection of that name.
    public Optional<SearchCollection> find(String name) {
        return database.jdbc()
                .sql("SELECT " + COLUMNS + " FROM collection WHERE name = :name")
                .param("name", name)
                .query(Collections::read)
                .optional();
    }

    /// The collection of that name.
    ///
    /// @throws NotFoundException when there is none
    public SearchCollection get(String name) {
        return find(name).orElseThrow(() -> new NotFoundException("collection", name));
    }

    /// The collection to search: as it stands or, during an outage, as it last stood here.
    ///
    /// @throws NotFoundException when there is none
    public SearchCollection searched(String name) {
        return database.readOr(
                () -> {
                    Optional<SearchCollection> found = find(name);
                    found.ifPresentOrElse(c -> seen.put(name, c), () -> seen.remove(name));
                    return found.orElseThrow(() -> new NotFoundException("collection", name));
                },
                () -> Optional.ofNullable(seen.get(name)).map(SearchCollection::asStale));
    }

    /// All collections, by name.
    public List<SearchCollection> list() {
        return database.jdbc()
                .sql("SELECT " + COLUMNS + " FROM collection ORDER BY name COLLATE \"C\"")
                .query(Collections::read)
                .list();
    }

    /// Makes this model's vectors the ones that are searched.
    ///
    /// @throws NotFoundException for an unknown collection or model
    public SearchCollection activate(String name, @Nullable String model) {
        requireModel(model);
        return database.jdbc()
                .sql(
                        """
                        UPDATE collection SET model = :model, change = change + 1
                        WHERE name = :name RETURNING
                        """
                                + COLUMNS)
                .param("model", model)
                .param("name", name)
                .query(Collections::read)
                .optional()
                .orElseThrow(() -> new NotFoundException("collection", name));
    }

    /// Deletes a collection with all its items, then its indexes: those of others, and what is
    /// written to the table that they share, do not wait meanwhile.
    ///
    /// @return whether there was one
    public boolean delete(String name) {
        Optional<Long> id =
                database.jdbc()
                        .sql("DELETE FROM collection WHERE name = :name RETURNING id")
                        .param("name", name)
                        .query(Long.class)
                        .optional();
        id.ifPresent(extension::dropIndexes);
        return id.isPresent();
    }

    /// Takes the number of a write, which holds the collection until the transaction ends: numbers
    /// become visible in their order and without gaps.
    ///
    /// @throws NotFoundException when there is no such collection
    SearchCollection nextChange(String name) {
        return database.jdbc()
                .sql(
                        "UPDATE collection SET change = change + 1 WHERE name = :name RETURNING "
                                + COLUMNS)
                .param("name", name)
                .query(Collections::read)
                .optional()
                .orElseThrow(() -> new NotFoundException("collection", name));
    }

    private void requireModel(@Nullable String model) {
        if (model == null) {
            return;
        }
        Optional<String> found =
                database.jdbc()
                        .sql("SELECT fingerprint FROM model WHERE fingerprint = :model")
                        .param("model", model)
                        .query(String.class)
                        .optional();
        if (found.isEmpty()) {
            throw new NotFoundException("model", model);
        }
    }

    private static SearchCollection read(ResultSet row, int number) throws SQLException {
        return new SearchCollection(
                row.getLong("id"),
                row.getString("name"),
                Arrays.asList((String[]) row.getArray("modalities").getArray()),
                row.getString("model"),
                row.getLong("model_version"),
                Engine.of(row.getString("engine")),
                row.getLong("change"),
                row.getObject("created", OffsetDateTime.class).toInstant(),
                false);
    }
}
