package dev.gimbal.index;

import com.zaxxer.hikari.HikariDataSource;
import dev.gimbal.store.TestDatabase;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/// The machine's own PostgreSQL 15, started once per JVM on an empty directory, loopback only: the
/// external server of the tests. As root it runs as the user `postgres`.
final class Postgres15 {
    private static final Path PROGRAMS = Path.of("/usr/lib/postgresql/15/bin");
    private static final Path PGVECTOR =
            Path.of("/usr/share/postgresql/15/extension/vector.control");

    private static @Nullable DataSource source;

    private Postgres15() {}

    /// Whether server and extension are there; `.ci/install-pgvector` installs both.
    static boolean installed() {
        return Files.isExecutable(PROGRAMS.resolve("postgres")) && Files.exists(PGVECTOR);
    }

    static synchronized DataSource source() {
        if (source == null) {
            try {
                source = start();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        return source;
    }

    private static DataSource start() throws IOException {
        String data = run("mktemp", "-d", "/tmp/gimbal-postgres15-XXXXXX").strip();
        run(program("initdb"), "-D", data, "-A", "trust", "-U", "postgres", "-N");
        int port = freePort();
        String options = "-c listen_addresses=127.0.0.1 -c unix_socket_directories= -p " + port;
        run(program("pg_ctl"), "-D", data, "-w", "-l", data + "/log", "-o", options, "start");
        HikariDataSource pool =
                TestDatabase.migrated(
                        "jdbc:postgresql://127.0.0.1:" + port + "/postgres", "postgres", "");
        Runtime.getRuntime().addShutdownHook(new Thread(() -> stop(pool, data)));
        return pool;
    }

    private static void stop(HikariDataSource pool, String data) {
        try {
            pool.close();
            run(program("pg_ctl"), "-D", data, "-m", "immediate", "stop");
            run("rm", "-rf", data);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String program(String name) {
        return PROGRAMS.resolve(name).toString();
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    private static String run(String... command) throws IOException {
        boolean root = System.getProperty("user.name").equals("root");
        List<String> prefix = root ? List.of("runuser", "-u", "postgres", "--") : List.of();
        Path output = Files.createTempFile("gimbal-postgres15", ".log");
        try {
            // a file, since the server would keep a pipe open
            Process process =
                    new ProcessBuilder(Stream.concat(prefix.stream(), Stream.of(command)).toList())
                            .directory(Path.of("/tmp").toFile())
                            .redirectErrorStream(true)
                            .redirectOutput(output.toFile())
                            .start();
            int code = process.waitFor();
            String text = Files.readString(output, StandardCharsets.UTF_8);
            if (code != 0) {
                throw new IOException(String.join(" ", command) + " failed: " + text);
            }
            return text;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException(e);
        } finally {
            Files.delete(output);
        }
    }
}
