package dev.gimbal.store;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/// Benchmark runs, with what they measured. Thread-safe.
public final class BenchmarkRuns {
    private final Database database;

    public BenchmarkRuns(Database database) {
        this.database = database;
    }

    /// Keeps a finished run.
    public BenchmarkRun save(BenchmarkRun run) {
        database.jdbc()
                .sql(
                        """
                        INSERT INTO benchmark_run (id, protocol, seed, model, data, settings,
                            environment, metrics, created)
                        VALUES (:id, :protocol, :seed, :model, :data, :settings::jsonb,
                            :environment::jsonb, :metrics::jsonb, :created)
                        """)
                .param("id", run.id())
                .param("protocol", run.protocol())
                .param("seed", run.seed())
                .param("model", run.model())
                .param("data", run.data())
                .param("settings", Attributes.write(run.settings()))
                .param("environment", Attributes.write(run.environment()))
                .param("metrics", Attributes.write(run.metrics()))
                .param("created", run.created().atOffset(ZoneOffset.UTC))
                .update();
        return run;
    }

    /// The run of that id.
    public Optional<BenchmarkRun> find(UUID id) {
        return database.jdbc()
                .sql("SELECT * FROM benchmark_run WHERE id = :id")
                .param("id", id)
                .query(BenchmarkRuns::read)
                .optional();
    }

    /// The newest runs, newest first.
    public List<BenchmarkRun> list(int limit) {
        return database.jdbc()
                .sql("SELECT * FROM benchmark_run ORDER BY created DESC, id LIMIT :limit")
                .param("limit", limit)
                .query(BenchmarkRuns::read)
                .list();
    }

    /// The newest run of each protocol and model.
    public List<BenchmarkRun> newest() {
        return database.jdbc()
                .sql(
                        """
                        SELECT DISTINCT ON (protocol, model) * FROM benchmark_run
                        ORDER BY protocol, model, created DESC, id
                        """)
                .query(BenchmarkRuns::read)
                .list();
    }

    private static BenchmarkRun read(ResultSet row, int number) throws SQLException {
        return new BenchmarkRun(
                row.getObject("id", UUID.class),
                row.getString("protocol"),
                row.getLong("seed"),
                row.getString("model"),
                row.getString("data"),
                Attributes.read(row.getString("settings")),
                Attributes.read(row.getString("environment")),
                Attributes.read(row.getString("metrics")),
                row.getObject("created", OffsetDateTime.class).toInstant());
    }
}
