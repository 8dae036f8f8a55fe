package dev.gimbal.store;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.flywaydb.core.Flyway;
import org.postgresql.PGConnection;

/// A database as an earlier program left it: the tables of a schema version, filled with rows of a
/// present one less the tables and columns that came later. What programs write into the others has
/// not changed since the first.
///
/// @param server where its user, named like it, is a superuser
/// @param version of the schema
public record OldDatabase(PostgresServer server, String name, int version) {
    /// Referenced tables before those that refer to them.
    private static final List<String> TABLES =
            List.of(
                    "model",
                    "collection",
                    "item",
                    "payload",
                    "embedding_space",
                    "embedding",
                    "tombstone",
                    "operation",
                    "benchmark_run",
                    "api_key",
                    "secret");

    /// Makes an empty database and its user.
    public static void create(PostgresServer server, String name) throws SQLException {
        try (Connection connection = connect(server, "postgres");
                Statement statement = connection.createStatement()) {
            statement.execute("CREATE ROLE " + name + " SUPERUSER LOGIN");
            statement.execute("CREATE DATABASE " + name + " OWNER " + name);
        }
    }

    /// What the program of that version does at its start.
    ///
    /// @return how many steps were missing
    public int migrate() {
        return Flyway.configure()
                .dataSource(server.url(name), name, "any")
                .target(Integer.toString(version))
                .load()
                .migrate()
                .migrationsExecuted;
    }

    /// Fills the tables with the rows of a present database.
    public void fillFrom(String present) throws SQLException, IOException {
        try (Connection from = connect(server, present);
                Connection to = connect(server, name);
                Statement statement = to.createStatement()) {
            for (String table : TABLES) {
                List<String> columns = columns(statement, table, "");
                if (columns.isEmpty()) {
                    continue; // it came later
                }
                String list = String.join(", ", columns);
                ByteArrayOutputStream rows = new ByteArrayOutputStream();
                from.unwrap(PGConnection.class)
                        .getCopyAPI()
                        .copyOut("COPY (SELECT %s FROM %s) TO STDOUT".formatted(list, table), rows);
                to.unwrap(PGConnection.class)
                        .getCopyAPI()
                        .copyIn(
                                "COPY %s (%s) FROM STDIN".formatted(table, list),
                                new ByteArrayInputStream(rows.toByteArray()));
                for (String column : columns(statement, table, "AND is_identity = 'YES'")) {
                    statement.execute(
                            "SELECT setval(pg_get_serial_sequence('%s', '%s'), max(%s)) FROM %s"
                                    .formatted(table, column, column, table));
                }
            }
        }
    }

    /// Version of the schema that the tables have now.
    public static int applied(PostgresServer server, String name) throws SQLException {
        try (Connection connection = connect(server, name);
                Statement statement = connection.createStatement();
                ResultSet row =
                        statement.executeQuery(
                                "SELECT max(version::int) FROM flyway_schema_history WHERE success")) {
            row.next();
            return row.getInt(1);
        }
    }

    private static List<String> columns(Statement statement, String table, String which)
            throws SQLException {
        List<String> columns = new ArrayList<>();
        try (ResultSet rows =
                statement.executeQuery(
                        "SELECT column_name FROM information_schema.columns WHERE table_name = '%s' %s"
                                .formatted(table, which))) {
            while (rows.next()) {
                columns.add(rows.getString(1));
            }
        }
        return columns;
    }

    private static Connection connect(PostgresServer server, String database) throws SQLException {
        return DriverManager.getConnection(server.url(database), "postgres", "any");
    }
}
