package dev.gimbal.store;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import javax.sql.DataSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.datasource.DelegatingDataSource;

/// A pool that knows when PostgreSQL is out of reach: from then on it refuses connections at once,
/// instead of after the pool's patience each time, until a probe in the background comes through.
/// Thread-safe.
final class WatchedSource extends DelegatingDataSource {
    private static final Logger LOG = LoggerFactory.getLogger(WatchedSource.class);
    private static final long PAUSE_MILLIS = 250;

    private final AtomicBoolean out = new AtomicBoolean();

    WatchedSource(DataSource pool) {
        super(pool);
    }

    @Override
    public Connection getConnection() throws SQLException {
        if (out.get()) {
            throw new SQLTransientConnectionException("PostgreSQL is out of reach");
        }
        try {
            return super.getConnection();
        } catch (SQLException e) {
            // without a cause, the pool's connections are all in use: no outage
            if (e.getCause() != null && out.compareAndSet(false, true)) {
                LOG.warn("PostgreSQL is out of reach: {}", e.getMessage());
                Thread.ofVirtual().name("database-probe").start(this::probe);
            }
            throw e;
        }
    }

    private void probe() {
        long start = System.nanoTime();
        while (!answers()) {
            try {
                Thread.sleep(PAUSE_MILLIS);
            } catch (InterruptedException _) {
                Thread.currentThread().interrupt();
                break;
            }
        }
        out.set(false);
        LOG.info("PostgreSQL is back after {}", Duration.ofNanos(System.nanoTime() - start));
    }

    /// A connection from the pool is a tested one.
    private boolean answers() {
        try (Connection _ = super.getConnection()) {
            return true;
        } catch (SQLException e) {
            return e.getCause() == null; // a pool that is in use, or closed: nothing to wait for
        }
    }
}
