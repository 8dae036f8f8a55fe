package dev.gimbal.store;

import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.boot.health.contributor.Status;
import org.springframework.dao.DataAccessException;

/// Whether the database answers. An outage is told, but makes the service neither dead nor unready:
/// a restart heals no database, and queries go on (docs/decisions/0008).
public final class DatabaseHealth implements HealthIndicator {
    static final Status OUT_OF_REACH = new Status("OUT_OF_REACH");

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
            return Health.status(OUT_OF_REACH)
                    .withDetail("reason", String.valueOf(e.getMessage()))
                    .build();
        }
    }
}
