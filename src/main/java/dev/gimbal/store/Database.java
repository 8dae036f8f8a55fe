package dev.gimbal.store;

import java.sql.Connection;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import javax.sql.DataSource;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DataSourceUtils;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.support.TransactionTemplate;

/// The door to PostgreSQL: statements, and the two kinds of transaction in use. Thread-safe.
public final class Database {
    private final DataSource source;
    private final JdbcClient jdbc;
    private final TransactionTemplate write;
    private final TransactionTemplate snapshot;

    /// @param pool of connections, which stay its owner's to close
    public Database(DataSource pool) {
        source = new WatchedSource(pool);
        jdbc = JdbcClient.create(source);
        var transactions = new JdbcTransactionManager(source);
        write = new TransactionTemplate(transactions);
        snapshot = new TransactionTemplate(transactions);
        snapshot.setIsolationLevel(TransactionDefinition.ISOLATION_REPEATABLE_READ);
        snapshot.setReadOnly(true);
    }

    /// Statements of the transaction under way, or each by itself.
    public JdbcClient jdbc() {
        return jdbc;
    }

    /// Reads from the database or, during an outage, from what this process holds.
    ///
    /// @param held empty when it holds nothing: then the outage is thrown
    public <T> T readOr(Supplier<T> stored, Supplier<Optional<T>> held) {
        try {
            return stored.get();
        } catch (RuntimeException e) {
            if (!Outage.is(e)) {
                throw e;
            }
            return held.get().orElseThrow(() -> e);
        }
    }

    /// Runs work that is committed as a whole or not at all; joins a transaction under way.
    public <T> T write(Supplier<T> work) {
        return write.execute(_ -> work.get());
    }

    /// Runs statements on one connection, each of which is committed by itself.
    public <T> T session(Function<JdbcClient, T> work) {
        Connection connection = DataSourceUtils.getConnection(source);
        try {
            return work.apply(JdbcClient.create(new SingleConnectionDataSource(connection, true)));
        } finally {
            DataSourceUtils.releaseConnection(connection, source);
        }
    }

    /// Runs reads that all see the database at one moment.
    public <T> T snapshot(Supplier<T> work) {
        return snapshot.execute(_ -> work.get());
    }
}
