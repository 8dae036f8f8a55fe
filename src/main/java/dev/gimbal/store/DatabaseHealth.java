package dev.gimbal.store;

import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.dao.DataAccessException;

/// Whether the database answers. Part of readiness, never of liveness: a restart of the service
/// heals no database.
public final class DatabaseHealth implements HealthIndicator {
    private final Database database;
    private final boolean embedded;

    DatabaseHealth(Database database, boolean embedded) {
        this.database = database;
        this.embedded = embedded;
    }

    @Override
    public Health health() {
        try {
            String version =
                    database.jdbc().sql("SHOW server_version").query(String.class).single();
            return Health.up()
                    .withDetail("postgresql", version)
                    .withDetail("embedded", embedded)
                    .build();
        } catch (DataAccessException e) {
            return Health.down().withDetail("reason", String.valueOf(e.getMessage())).build();
        }
    }
}
