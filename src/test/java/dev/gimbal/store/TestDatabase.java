package dev.gimbal.store;

import com.zaxxer.hikari.HikariDataSource;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;

/// One embedded PostgreSQL for all tests of a JVM, migrated, in a directory that goes with it.
/// Tests keep apart by collection names of their own.
public final class TestDatabase {
    private static final TestDatabase SHARED = new TestDatabase();

    private final DataSource source;
    private final Path home;

    private TestDatabase() {
        try {
            home = Files.createTempDirectory("gimbal-test-home");
            EmbeddedDatabase embedded = EmbeddedDatabase.start(home);
            source = migrated(embedded.url(), embedded.user(), embedded.password());
            Runtime.getRuntime().addShutdownHook(new Thread(() -> close(embedded, home)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// The embedded server of this JVM.
    public static DataSource shared() {
        return SHARED.source;
    }

    /// The folder of that server's programs, `postgres`, `pg_ctl` and `initdb`.
    public static Path programs() {
        Path unpacked = new ServerDirectory(SHARED.home.resolve("postgres")).programs();
        try (Stream<Path> files = Files.find(unpacked, 3, (file, _) -> file.endsWith("bin"))) {
            return files.findFirst().orElseThrow();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// A pool on any server, with the tables there.
    public static HikariDataSource migrated(String url, String user, String password) {
        HikariDataSource pool = new HikariDataSource();
        pool.setJdbcUrl(url);
        pool.setUsername(user);
        pool.setPassword(password);
        pool.setMaximumPoolSize(16);
        Flyway.configure().dataSource(pool).load().migrate();
        return pool;
    }

    private void close(EmbeddedDatabase embedded, Path home) {
        try {
            ((HikariDataSource) source).close();
            embedded.close();
            TestFiles.delete(home);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
