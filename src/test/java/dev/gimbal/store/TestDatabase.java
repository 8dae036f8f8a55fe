package dev.gimbal.store;

import com.zaxxer.hikari.HikariDataSource;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;

/// One embedded PostgreSQL for all tests of a JVM, migrated, in a directory that goes with it.
/// Tests keep apart by collection names of their own.
public final class TestDatabase {
    private static final TestDatabase SHARED = new TestDatabase();

    /// Holds programs of its own once they are needed.
    private static Path programsHome;

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

    /// A folder with the programs of the version that the build brings, `postgres`, `pg_ctl` and
    /// `initdb`. They are unpacked once in a JVM, below the home of whichever test was first, and
    /// are gone when that test has cleaned up.
    public static synchronized Path programs() {
        try {
            Path unpacked = programs(SHARED.home);
            if (Files.exists(unpacked.resolve("initdb"))) {
                return unpacked;
            }
            if (programsHome == null) {
                programsHome = Files.createTempDirectory("gimbal-test-programs");
                EmbeddedDatabase own = EmbeddedDatabase.start(programsHome);
                Runtime.getRuntime().addShutdownHook(new Thread(() -> end(own, programsHome)));
            }
            return programs(programsHome);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Path programs(Path home) throws IOException {
        ProcessHandle server = new ServerDirectory(home.resolve("postgres")).server().orElseThrow();
        return Path.of(server.info().command().orElseThrow()).getParent();
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
        ((HikariDataSource) source).close();
        end(embedded, home);
    }

    private static void end(EmbeddedDatabase embedded, Path home) {
        try {
            embedded.close();
            TestFiles.delete(home);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
