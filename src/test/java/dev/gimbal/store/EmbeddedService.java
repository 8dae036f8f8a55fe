package dev.gimbal.store;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;

/// A process of its own with an embedded database, for tests to kill.
public final class EmbeddedService {
    private EmbeddedService() {}

    /// Starts on the home given, commits a row, leaves a transaction open, and waits.
    public static void main(String[] arguments) throws Exception {
        EmbeddedDatabase database = EmbeddedDatabase.start(Path.of(arguments[0]));
        try (Connection connection =
                DriverManager.getConnection(database.url(), database.user(), database.password())) {
            connection.createStatement().execute("CREATE TABLE kept AS SELECT 42 AS answer");
            connection.setAutoCommit(false);
            connection.createStatement().execute("INSERT INTO kept VALUES (43)");
            System.out.println("ready");
            Thread.sleep(60_000);
        }
    }
}
