package dev.gimbal.store;

import dev.gimbal.bundle.ModelBundle;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// The keys of callers. A key is `gk_<id>_<secret>`: 48 random bits that it is known by, and 256
/// that prove it, of which the database holds the SHA-256 alone. Thread-safe.
public final class ApiKeys {
    private static final Pattern FORM = Pattern.compile("gk_([0-9a-f]{12})_([A-Za-z0-9_-]{43})");
    private static final int ID_BYTES = 6;
    private static final int SECRET_BYTES = 32;
    private static final Duration REMEMBERED = Duration.ofMinutes(15);

    private final Database database;
    private final Map<String, Stored> seen = new ConcurrentHashMap<>();
    private final SecureRandom random = new SecureRandom();

    public ApiKeys(Database database) {
        this.database = database;
    }

    /// A key just made.
    ///
    /// @param text what its bearer presents; it cannot be had again
    public record Created(ApiKey key, String text) {}

    /// @param read when, of [System#nanoTime()]
    private record Stored(ApiKey key, byte[] hash, long read) {}

    /// Makes a key.
    ///
    /// @param collections the only ones that it reaches, there or to come; empty for all
    /// @throws IllegalArgumentException for a malformed name
    public Created create(String name, ApiKey.Scope scope, List<String> collections) {
        ApiKey.requireName(name);
        collections.forEach(SearchCollection::requireName);
        String id = HexFormat.of().formatHex(bytes(ID_BYTES));
        String secret = Base64.getUrlEncoder().withoutPadding().encodeToString(bytes(SECRET_BYTES));
        insert(id, secret, name, scope, collections);
        ApiKey key =
                database.jdbc()
                        .sql("SELECT * FROM api_key WHERE id = :id")
                        .param("id", id)
                        .query(ApiKeys::read)
                        .single();
        return new Created(key, "gk_" + id + "_" + secret);
    }

    /// Takes a key that an operator made, with scope admin; nothing happens when it is there.
    ///
    /// @param text `gk_`, 12 hexadecimal digits, `_`, and 32 random bytes in base64url
    /// @throws IllegalArgumentException for another form
    public void adopt(String text) {
        Matcher form = FORM.matcher(text);
        if (!form.matches()) {
            throw new IllegalArgumentException(
                    "a key is gk_, 12 hexadecimal digits, _ and 43 characters of base64url");
        }
        insert(form.group(1), form.group(2), "first key", ApiKey.Scope.ADMIN, List.of());
    }

    private void insert(
            String id, String secret, String name, ApiKey.Scope scope, List<String> collections) {
        database.jdbc()
                .sql(
                        """
                        INSERT INTO api_key (id, hash, name, scope, collections)
                        VALUES (:id, :hash, :name, :scope, :collections)
                        ON CONFLICT (id) DO NOTHING
                        """)
                .param("id", id)
                .param("hash", hash(secret))
                .param("name", name)
                .param("scope", scope.name())
                .param("collections", collections.toArray(String[]::new))
                .update();
    }

    /// The key that this text is, unless it is unknown or revoked. How long the comparison takes
    /// tells nothing of the secret.
    public Optional<ApiKey> authenticate(String text) {
        Matcher form = FORM.matcher(text);
        if (!form.matches()) {
            return Optional.empty();
        }
        String id = form.group(1);
        byte[] presented = hash(form.group(2));
        Optional<Stored> proven =
                database.readOr(() -> stored(id), () -> remembered(id))
                        .filter(stored -> MessageDigest.isEqual(stored.hash(), presented));
        return proven.map(Stored::key);
    }

    private Optional<Stored> stored(String id) {
        Optional<Stored> stored =
                database.jdbc()
                        .sql("SELECT * FROM api_key WHERE id = :id AND revoked IS NULL")
                        .param("id", id)
                        .query((row, n) ->
                                new Stored(read(row, n), row.getBytes("hash"), System.nanoTime()))
                        .optional();
        stored.ifPresentOrElse(s -> seen.put(id, s), () -> seen.remove(id));
        return stored;
    }

    /// During an outage a key counts on for a while: nobody can revoke it either.
    private Optional<Optional<Stored>> remembered(String id) {
        return Optional.ofNullable(seen.get(id))
                .filter(stored -> System.nanoTime() - stored.read() < REMEMBERED.toNanos())
                .map(Optional::of);
    }

    /// All keys, revoked ones too, the oldest first.
    public List<ApiKey> list() {
        return database.jdbc()
                .sql("SELECT * FROM api_key ORDER BY created, id")
                .query(ApiKeys::read)
                .list();
    }

    /// Whether any key counts.
    public boolean any() {
        return database.jdbc()
                .sql("SELECT EXISTS (SELECT FROM api_key WHERE revoked IS NULL)")
                .query(Boolean.class)
                .single();
    }

    /// Ends a key at once.
    ///
    /// @return whether it counted until now
    public boolean revoke(String id) {
        return database.jdbc()
                        .sql(
                                "UPDATE api_key SET revoked = now() WHERE id = :id AND revoked IS NULL")
                        .param("id", id)
                        .update()
                == 1;
    }

    private byte[] bytes(int count) {
        byte[] bytes = new byte[count];
        random.nextBytes(bytes);
        return bytes;
    }

    private static byte[] hash(String secret) {
        return ModelBundle.sha256().digest(secret.getBytes(StandardCharsets.US_ASCII));
    }

    private static ApiKey read(ResultSet row, int number) throws SQLException {
        OffsetDateTime revoked = row.getObject("revoked", OffsetDateTime.class);
        return new ApiKey(
                row.getString("id"),
                row.getString("name"),
                ApiKey.Scope.valueOf(row.getString("scope")),
                Arrays.asList((String[]) row.getArray("collections").getArray()),
                row.getObject("created", OffsetDateTime.class).toInstant(),
                revoked == null ? null : revoked.toInstant());
    }
}
