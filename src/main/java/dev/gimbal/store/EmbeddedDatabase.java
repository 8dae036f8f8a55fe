package dev.gimbal.store;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// A PostgreSQL of our own, for one service on one machine: the default when no data source is
/// configured. It is the real server, run as a process beside this one, with its data kept under
/// `gimbal.home`.
///
/// The library that brings it means it for tests. Here it syncs to disk, demands a password (scram,
/// generated, in a file of mode 0600), listens on loopback only, and a lock keeps it to one
/// service. As root it runs in a user namespace of its own, since PostgreSQL refuses root.
public final class EmbeddedDatabase implements AutoCloseable {
    /// Of the binaries in the build; data written by another major version are refused.
    static final int MAJOR = 17;

    private static final Logger LOG = LoggerFactory.getLogger(EmbeddedDatabase.class);
    private static final String USER = "postgres";

    private static final int ANY_PORT = 0;
    private static final Duration PERIOD = Duration.ofSeconds(2);

    private final HomeLock lock;
    private final ServerDirectory files;
    private final String password;
    private final int port;
    private EmbeddedPostgres server; // guarded by this
    private final ScheduledExecutorService watch =
            Executors.newSingleThreadScheduledExecutor(
                    Thread.ofPlatform().daemon().name("embedded-database-watch").factory());

    private EmbeddedDatabase(
            HomeLock lock, ServerDirectory files, EmbeddedPostgres server, String password) {
        this.lock = lock;
        this.files = files;
        this.server = server;
        this.password = password;
        this.port = server.getPort();
        watch.scheduleWithFixedDelay(
                this::revive, PERIOD.toSeconds(), PERIOD.toSeconds(), TimeUnit.SECONDS);
    }

    /// Starts the server, at first start with an empty database.
    ///
    /// @throws IllegalStateException when another service uses this home, when another major
    ///   version wrote its data, or when the server does not start
    public static EmbeddedDatabase start(Path home) {
        try {
            HomeLock lock = HomeLock.acquire(home);
            try {
                return start(lock, new ServerDirectory(home.resolve("postgres")));
            } catch (IOException | RuntimeException | Error e) {
                lock.close();
                throw e;
            }
        } catch (IOException e) {
            throw new IllegalStateException(
                    "the embedded database under " + home + " does not start: " + e.getMessage(),
                    e);
        }
    }

    private static EmbeddedDatabase start(HomeLock lock, ServerDirectory files) throws IOException {
        files.requireMajor(MAJOR);
        files.stopOrphan();
        files.prepare();
        String password = files.password();
        EmbeddedPostgres server = server(files, password, ANY_PORT);
        LOG.info("embedded PostgreSQL on port {}, data in {}", server.getPort(), files.data());
        return new EmbeddedDatabase(lock, files, server, password);
    }

    /// Starts a server again that has ended by itself, as when the system killed it or its disk was
    /// full, on the same port, so that the pool of connections finds it.
    private synchronized void revive() {
        if (watch.isShutdown() || files.served()) {
            return;
        }
        LOG.warn("the embedded PostgreSQL has ended by itself and is started again");
        try {
            server.close();
            server = server(files, password, port);
            LOG.info("the embedded PostgreSQL runs again on port {}", port);
        } catch (IOException | RuntimeException e) {
            LOG.warn("the embedded PostgreSQL does not start yet: {}", e.getMessage());
        }
    }

    private static EmbeddedPostgres server(ServerDirectory files, String password, int port)
            throws IOException {
        // the library deletes old directories below this one: nothing but its programs may lie
        // there
        System.setProperty("ot.epg.working-dir", files.programs().toString());
        try {
            EmbeddedPostgres server =
                    EmbeddedPostgres.builder()
                            .setPort(port)
                            .setDataDirectory(files.data())
                            .setCleanDataDirectory(false)
                            .setRegisterShutdownHook(false)
                            // a file: a pipe would break under a server that outlives its service
                            .setOutputRedirector(Redirect.appendTo(files.log().toFile()))
                            .setErrorRedirector(Redirect.appendTo(files.log().toFile()))
                            .setPGStartupWait(Duration.ofSeconds(60))
                            // these go to initdb as they stand; the later --auth overrides 'trust'
                            .setLocaleConfig("auth", "scram-sha-256")
                            .setLocaleConfig("pwfile", files.passwordFile().toString())
                            .setLocaleConfig("locale", "C.UTF-8")
                            // the library passes -F; these follow it and win
                            .setServerConfig("fsync", "on")
                            .setServerConfig("synchronous_commit", "on")
                            .setServerConfig("full_page_writes", "on")
                            .setServerConfig("listen_addresses", "localhost")
                            .setServerConfig("unix_socket_directories", "")
                            .setServerConfig("password_encryption", "scram-sha-256")
                            .setServerConfig("max_connections", "64")
                            .setServerConfig("max_wal_size", "1GB")
                            .setConnectConfig("password", password)
                            .start();
            files.markInitialised();
            return server;
        } catch (IllegalStateException e) {
            throw new IllegalStateException(
                    "the embedded PostgreSQL does not start ("
                            + e.getMessage()
                            + "); "
                            + files.log()
                            + " says why. As root it needs user namespaces: start"
                            + " Gimbal as another user, or set SPRING_DATASOURCE_URL",
                    e);
        }
    }

    /// Where to connect.
    public String url() {
        return "jdbc:postgresql://localhost:" + port + "/postgres";
    }

    /// The user to connect as.
    public String user() {
        return USER;
    }

    /// That user's password.
    public String password() {
        return password;
    }

    /// Stops the server and lets go of the home. Connections still open are cut.
    @Override
    public void close() throws IOException {
        watch.shutdown();
        try (lock) {
            synchronized (this) {
                server.close();
            }
            files.stopOrphan(); // one that took longer to start than anybody waited
        }
    }
}
