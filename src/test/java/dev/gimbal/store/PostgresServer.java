package dev.gimbal.store;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// A PostgreSQL for tests to share between services, to stop, to kill and to start again on the
/// same port. Loopback only, user `postgres`, any password; as root it runs in a user namespace.
public final class PostgresServer implements AutoCloseable {
    private final Path programs;
    private final Path directory;
    private final Map<String, String> environment;
    private final int port = freePort();

    private PostgresServer(Path programs, Path directory, Map<String, String> environment) {
        this.programs = programs;
        this.directory = directory;
        this.environment = environment;
    }

    /// A new cluster of the version that the build brings, started.
    public static PostgresServer start(Path directory) {
        return start(directory, Map.of());
    }

    /// The same, with these variables in its environment.
    public static PostgresServer start(Path directory, Map<String, String> environment) {
        return started(new PostgresServer(TestDatabase.programs(), directory, environment));
    }

    /// A new cluster of the version whose programs these are, started.
    public static PostgresServer start(Path programs, Path directory) {
        return started(new PostgresServer(programs, directory, Map.of()));
    }

    private static PostgresServer started(PostgresServer server) {
        server.run(
                "initdb", "-D", server.data(), "-A", "trust", "-U", "postgres", "-N", "-E", "UTF8");
        server.start();
        Runtime.getRuntime().addShutdownHook(new Thread(server::close));
        return server;
    }

    /// A port that nobody listens on.
    public static int freePort() {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// Starts it again.
    public void start() {
        String options = "-c listen_addresses=127.0.0.1 -c unix_socket_directories= -p " + port;
        run("pg_ctl", "-D", data(), "-w", "-l", data() + "/log", "-o", options, "start");
    }

    /// Stops it: `fast` cuts connections, `immediate` is as a crash.
    public void stop(String mode) {
        run("pg_ctl", "-D", data(), "-w", "-m", mode, "stop");
    }

    public String url(String database) {
        return "jdbc:postgresql://127.0.0.1:" + port + "/" + database;
    }

    /// How a service is told to use a database, whose user has its name.
    public String[] options(String database) {
        return new String[] {
            "--spring.datasource.url=" + url(database),
            "--spring.datasource.username=" + database,
            "--spring.datasource.password=any"
        };
    }

    /// Arguments of a client program, where to connect before them.
    public String[] client(String... arguments) {
        List<String> all = new ArrayList<>();
        all.addAll(List.of("-h", "127.0.0.1", "-p", Integer.toString(port), "-U", "postgres"));
        all.addAll(List.of(arguments));
        return all.toArray(String[]::new);
    }

    private String data() {
        return directory.resolve("data").toString();
    }

    /// Runs one of its programs, which must succeed.
    public void run(String program, String... arguments) {
        List<String> command = new ArrayList<>();
        if (System.getProperty("user.name").equals("root")) {
            command.addAll(List.of("unshare", "-U"));
        }
        command.add(programs.resolve(program).toString());
        command.addAll(List.of(arguments));
        try {
            Path output = Files.createTempFile(directory, program, ".log");
            // a file, since the server would keep a pipe open
            ProcessBuilder builder =
                    new ProcessBuilder(command)
                            .redirectErrorStream(true)
                            .redirectOutput(output.toFile());
            builder.environment().putAll(environment);
            int code = builder.start().waitFor();
            if (code != 0) {
                throw new IllegalStateException(
                        command + " failed: " + Files.readString(output, StandardCharsets.UTF_8));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        if (Files.exists(Path.of(data(), "postmaster.pid"))) {
            stop("immediate");
        }
    }
}
