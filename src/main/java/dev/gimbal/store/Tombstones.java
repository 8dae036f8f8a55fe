package dev.gimbal.store;

import java.time.Duration;
import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;

/// What deleted items leave, by which indexes learn of it. Runs inside the caller's transaction.
final class Tombstones {
    private static final String OLD = "deleted <= now() - make_interval(secs => :age)";

    private final JdbcClient jdbc;

    Tombstones(Database database) {
        jdbc = database.jdbc();
    }

    /// Whether some that somebody needs may be gone.
    ///
    /// @param known id of the collection that was read before
    /// @param since change number that was read before
    boolean missed(SearchCollection now, long known, long since) {
        return known != now.id() || since < forgotten(now.id());
    }

    /// Ids of the collections that have tombstones of this age.
    List<Long> collections(Duration age) {
        return jdbc.sql("SELECT DISTINCT collection FROM tombstone WHERE " + OLD)
                .param("age", seconds(age))
                .query((row, _) -> row.getLong(1))
                .list();
    }

    /// Deletes a collection's tombstones of this age and remembers up to where. The collection is
    /// locked first, as by every write.
    int forget(long collection, Duration age) {
        jdbc.sql(
                        """
                        UPDATE collection SET forgotten = greatest(forgotten, coalesce(
                            (SELECT max(change) FROM tombstone WHERE collection = :id AND %s), 0))
                        WHERE id = :id
                        """
                                .formatted(OLD))
                .param("id", collection)
                .param("age", seconds(age))
                .update();
        return jdbc.sql(
                        """
                        DELETE FROM tombstone WHERE collection = :id AND %s
                          AND change <= (SELECT forgotten FROM collection WHERE id = :id)
                        """
                                .formatted(OLD))
                .param("id", collection)
                .param("age", seconds(age))
                .update();
    }

    private static double seconds(Duration age) {
        return age.toMillis() / 1e3;
    }

    private long forgotten(long collection) {
        return jdbc.sql("SELECT forgotten FROM collection WHERE id = :id")
                .param("id", collection)
                .query(Long.class)
                .single();
    }
}
