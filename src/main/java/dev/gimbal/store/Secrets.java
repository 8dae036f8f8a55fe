package dev.gimbal.store;

import java.security.SecureRandom;

/// Random keys that all replicas of a service share, by name; each is made when it is first asked
/// for. Thread-safe.
public final class Secrets {
    private static final int BYTES = 32;

    private final Database database;

    public Secrets(Database database) {
        this.database = database;
    }

    /// 256 bits that stay the same.
    public byte[] get(String name) {
        byte[] fresh = new byte[BYTES];
        new SecureRandom().nextBytes(fresh);
        database.jdbc()
                .sql(
                        "INSERT INTO secret (name, value) VALUES (:name, :value) ON CONFLICT DO NOTHING")
                .param("name", name)
                .param("value", fresh)
                .update();
        return database.jdbc()
                .sql("SELECT value FROM secret WHERE name = :name")
                .param("name", name)
                .query(byte[].class)
                .single();
    }
}
