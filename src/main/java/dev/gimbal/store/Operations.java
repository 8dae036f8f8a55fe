package dev.gimbal.store;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.RowCallbackHandler;
import tools.jackson.databind.JsonNode;

/// Records of long-running work. They outlast the process; the work does not. Thread-safe.
public final class Operations {
    static final String INTERRUPTED = "interrupted by a restart";

    private static final String UNFINISHED = "state IN ('QUEUED', 'RUNNING')";

    private final Database database;

    public Operations(Database database) {
        this.database = database;
    }

    /// The operation of that id.
    public Optional<Operation> find(UUID id) {
        return database.jdbc()
                .sql("SELECT * FROM operation WHERE id = :id")
                .param("id", id)
                .query(Operations::read)
                .optional();
    }

    /// The newest operations, newest first.
    public List<Operation> list(int limit) {
        return database.jdbc()
                .sql("SELECT * FROM operation ORDER BY created DESC, id LIMIT :limit")
                .param("limit", limit)
                .query(Operations::read)
                .list();
    }

    /// The newest operation of a kind.
    public Optional<Operation> newest(String kind) {
        return database.jdbc()
                .sql(
                        """
                        SELECT * FROM operation WHERE kind = :kind
                        ORDER BY created DESC, id LIMIT 1
                        """)
                .param("kind", kind)
                .query(Operations::read)
                .optional();
    }

    /// How many operations stand in each state.
    public Map<Operation.State, Long> counts() {
        Map<Operation.State, Long> counts = new EnumMap<>(Operation.State.class);
        for (Operation.State state : Operation.State.values()) {
            counts.put(state, 0L);
        }
        database.jdbc()
                .sql("SELECT state, count(*) FROM operation GROUP BY state")
                .query(
                        (RowCallbackHandler)
                                row ->
                                        counts.put(
                                                Operation.State.valueOf(row.getString(1)),
                                                row.getLong(2)));
        return counts;
    }

    /// Asks an operation to stop, on whichever replica it runs; it ends as cancelled when it next
    /// looks. One that is still queued is cancelled at once.
    ///
    /// @return false when it had finished already
    /// @throws NotFoundException for an unknown one
    public boolean cancel(UUID id) {
        int asked =
                database.jdbc()
                        .sql(
                                """
                                UPDATE operation SET cancel_requested = true, updated = now(),
                                    state = CASE state WHEN 'QUEUED' THEN 'CANCELLED' ELSE state END
                                WHERE id = :id AND
                                """
                                        + UNFINISHED)
                        .param("id", id)
                        .update();
        if (asked == 0 && find(id).isEmpty()) {
            throw new NotFoundException("operation", id);
        }
        return asked == 1;
    }

    /// Forgets what finished some time ago, but for the newest of each kind, by which a start knows
    /// what was done.
    ///
    /// @return how many
    int forgetFinished(Duration age) {
        return database.jdbc()
                .sql(
                        """
                        DELETE FROM operation
                        WHERE NOT (%s) AND updated <= now() - make_interval(secs => :age)
                          AND id NOT IN (SELECT DISTINCT ON (kind) id FROM operation
                                         ORDER BY kind, created DESC, id)
                        """
                                .formatted(UNFINISHED))
                .param("age", age.toMillis() / 1e3)
                .update();
    }

    void queue(UUID id, String kind) {
        database.jdbc()
                .sql("INSERT INTO operation (id, kind, state) VALUES (:id, :kind, 'QUEUED')")
                .param("id", id)
                .param("kind", kind)
                .update();
    }

    /// For the one process that queued it, which may repeat it after an outage: whether what it
    /// began was written, it cannot know.
    ///
    /// @return false when it was cancelled while it waited
    boolean begin(UUID id) {
        return database.jdbc()
                        .sql(
                                """
                                UPDATE operation SET state = 'RUNNING', updated = now()
                                WHERE id = :id AND
                                """
                                        + UNFINISHED)
                        .param("id", id)
                        .update()
                == 1;
    }

    /// @return whether somebody asked to stop
    boolean report(UUID id, long done, long total) {
        return database.jdbc()
                .sql(
                        """
                        UPDATE operation SET done = :done, total = :total, updated = now()
                        WHERE id = :id RETURNING cancel_requested
                        """)
                .param("done", done)
                .param("total", total)
                .param("id", id)
                .query(Boolean.class)
                .optional()
                .orElse(true);
    }

    void end(UUID id, Operation.State state, @Nullable String error, @Nullable JsonNode result) {
        database.jdbc()
                .sql(
                        """
                        UPDATE operation SET state = :state, error = :error,
                            result = :result::jsonb, updated = now()
                        WHERE id = :id AND
                        """
                                + UNFINISHED)
                .param("state", state.name())
                .param("error", error == null ? null : error.replace("\0", ""))
                .param("result", result == null ? null : Attributes.write(result))
                .param("id", id)
                .update();
    }

    /// Says that these still run here.
    void touch(Collection<UUID> ids) {
        database.jdbc()
                .sql("UPDATE operation SET updated = now() WHERE id = ANY(:ids)")
                .param("ids", ids.toArray(UUID[]::new))
                .update();
    }

    /// When each unfinished operation was touched last.
    Map<UUID, Instant> unfinished() {
        Map<UUID, Instant> touched = new HashMap<>();
        database.jdbc()
                .sql("SELECT id, updated FROM operation WHERE " + UNFINISHED)
                .query(
                        (RowCallbackHandler)
                                row ->
                                        touched.put(
                                                row.getObject("id", UUID.class),
                                                row.getObject("updated", OffsetDateTime.class)
                                                        .toInstant()));
        return touched;
    }

    /// Marks an operation as failed that no process runs any more.
    ///
    /// @param touched when it was touched last; if that has changed, it lives
    /// @return whether it was marked
    boolean failInterrupted(UUID id, Instant touched) {
        return database.jdbc()
                        .sql(
                                """
                                UPDATE operation SET state = 'FAILED', updated = now(), error = :why
                                WHERE id = :id AND updated = :touched AND
                                """
                                        + UNFINISHED)
                        .param("why", INTERRUPTED)
                        .param("id", id)
                        .param("touched", touched.atOffset(ZoneOffset.UTC))
                        .update()
                == 1;
    }

    private static Operation read(ResultSet row, int number) throws SQLException {
        String result = row.getString("result");
        return new Operation(
                row.getObject("id", UUID.class),
                row.getString("kind"),
                Operation.State.valueOf(row.getString("state")),
                row.getLong("done"),
                row.getLong("total"),
                row.getString("error"),
                result == null ? null : Attributes.read(result),
                row.getObject("created", OffsetDateTime.class).toInstant(),
                row.getObject("updated", OffsetDateTime.class).toInstant());
    }
}
