package dev.gimbal.store;

import org.springframework.boot.jdbc.autoconfigure.JdbcConnectionDetails;

/// How the connection pool reaches the embedded database.
record EmbeddedConnection(EmbeddedDatabase embedded) implements JdbcConnectionDetails {
    @Override
    public String getUsername() {
        return embedded.user();
    }

    @Override
    public String getPassword() {
        return embedded.password();
    }

    @Override
    public String getJdbcUrl() {
        return embedded.url();
    }
}
