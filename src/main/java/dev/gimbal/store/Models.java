package dev.gimbal.store;

import dev.gimbal.bundle.ModelBundle;
import dev.gimbal.bundle.ModelName;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

/// Bundles of models, so that every replica finds one by its fingerprint. Whether the bytes belong
/// to the fingerprint is for the reader to check. Thread-safe.
public final class Models {
    private static final String SELECT =
            """
            SELECT fingerprint, name, family, manifest, version, octet_length(weights) AS size, status, created
            FROM model
            """;

    private final Database database;

    public Models(Database database) {
        this.database = database;
    }

    /// Stores a bundle.
    ///
    /// @throws IllegalArgumentException for a malformed name
    public StoredModel put(ModelBundle bundle) {
        return put(
                bundle.fingerprint(),
                bundle.manifest().name(),
                bundle.manifest().family().id(),
                bundle.manifestJson(),
                bundle.weights());
    }

    /// Stores a bundle. Under a fingerprint that is there already everything stays as it is, the
    /// names that its factors were given since too.
    ///
    /// @param manifest text of `manifest.json`
    /// @param weights content of `weights.safetensors`
    /// @throws IllegalArgumentException for a malformed fingerprint or name, or empty weights
    public StoredModel put(
            String fingerprint, String name, String family, String manifest, byte[] weights) {
        requireFingerprint(fingerprint);
        ModelName.require("model name", name);
        Texts.require("manifest", manifest);
        database.jdbc()
                .sql(
                        """
                        INSERT INTO model (fingerprint, name, family, manifest, weights)
                        VALUES (:fingerprint, :name, :family, :manifest, :weights)
                        ON CONFLICT (fingerprint) DO NOTHING
                        """)
                .param("fingerprint", fingerprint)
                .param("name", name)
                .param("family", family)
                .param("manifest", manifest)
                .param("weights", weights)
                .update();
        return get(fingerprint);
    }

    /// Renews what a model says of itself; its weights stay. Renewals wait for each other, so that
    /// none undoes another.
    ///
    /// @param renewal from the stored `manifest.json` to another of the same fingerprint
    /// @throws NotFoundException for an unknown model
    public StoredModel describe(String fingerprint, UnaryOperator<String> renewal) {
        return database.write(() -> {
            String manifest = renewal.apply(lockedManifest(fingerprint));
            Texts.require("manifest", manifest);
            database.jdbc()
                    .sql(
                            """
                            UPDATE model SET manifest = :manifest, version = version + 1
                            WHERE fingerprint = :fingerprint
                            """)
                    .param("manifest", manifest)
                    .param("fingerprint", fingerprint)
                    .update();
            return get(fingerprint);
        });
    }

    private String lockedManifest(String fingerprint) {
        return database.jdbc()
                .sql("SELECT manifest FROM model WHERE fingerprint = :fingerprint FOR UPDATE")
                .param("fingerprint", fingerprint)
                .query(String.class)
                .optional()
                .orElseThrow(() -> new NotFoundException("model", fingerprint));
    }

    /// The model of that fingerprint.
    public Optional<StoredModel> find(String fingerprint) {
        return database.jdbc()
                .sql(SELECT + "WHERE fingerprint = :fingerprint")
                .param("fingerprint", fingerprint)
                .query(Models::read)
                .optional();
    }

    /// The newest model of that name.
    public Optional<StoredModel> findNamed(String name) {
        return database.jdbc()
                .sql(SELECT + "WHERE name = :name ORDER BY number DESC LIMIT 1")
                .param("name", name)
                .query(Models::read)
                .optional();
    }

    /// The model of that fingerprint or, failing that, the newest of that name.
    ///
    /// @throws NotFoundException when there is none
    public StoredModel named(String reference) {
        return find(reference)
                .or(() -> findNamed(reference))
                .orElseThrow(() -> new NotFoundException("model", reference));
    }

    /// All models, oldest first.
    public List<StoredModel> list() {
        return database.jdbc().sql(SELECT + "ORDER BY number").query(Models::read).list();
    }

    /// Content of `weights.safetensors`.
    ///
    /// @throws NotFoundException for an unknown model
    public byte[] weights(String fingerprint) {
        return database.jdbc()
                .sql("SELECT weights FROM model WHERE fingerprint = :fingerprint")
                .param("fingerprint", fingerprint)
                .query((row, _) -> row.getBytes(1))
                .optional()
                .orElseThrow(() -> new NotFoundException("model", fingerprint));
    }

    private StoredModel get(String fingerprint) {
        return find(fingerprint).orElseThrow(() -> new NotFoundException("model", fingerprint));
    }

    private static void requireFingerprint(String fingerprint) {
        if (!fingerprint.matches("[A-Za-z0-9:_-]{1,128}")) {
            throw new IllegalArgumentException("not a fingerprint: '" + fingerprint + "'");
        }
    }

    private static StoredModel read(ResultSet row, int number) throws SQLException {
        return new StoredModel(
                row.getString("fingerprint"),
                row.getString("name"),
                row.getString("family"),
                row.getString("manifest"),
                row.getLong("version"),
                row.getLong("size"),
                StoredModel.Status.valueOf(row.getString("status")),
                row.getObject("created", OffsetDateTime.class).toInstant());
    }
}
