package dev.gimbal.deployment;

import dev.gimbal.Gimbal;
import dev.gimbal.store.PostgresServer;
import dev.gimbal.web.Client;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// A service in a process of its own, by the classes of this build, for tests to kill. Its log is
/// `service-<port>.log` in its folder. It dies with the test's JVM, whatever happens there.
final class ServiceProcess extends Client implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofMinutes(5);

    private final int port;
    private final int managementPort;
    private final Path log;
    private final Process process;
    private final Thread undertaker;

    private ServiceProcess(int port, int managementPort, Path log, Process process) {
        this.port = port;
        this.managementPort = managementPort;
        this.log = log;
        this.process = process;
        undertaker = new Thread(process::destroyForcibly);
        Runtime.getRuntime().addShutdownHook(undertaker);
    }

    /// How to start one.
    ///
    /// @param folder for its home and log
    /// @param prefix what runs `java`, such as `prlimit`; empty for nothing
    /// @param environment variables beside this process's
    /// @param options of the service
    record Plan(
            Path folder,
            List<String> prefix,
            Map<String, String> environment,
            List<String> jvm,
            List<String> options) {

        /// Over a database of the test's.
        static Plan over(PostgresServer server, Path folder) {
            return over(server, "postgres", folder);
        }

        /// Over one of its databases.
        static Plan over(PostgresServer server, String database, Path folder) {
            List<String> options = List.of(server.options(database));
            return new Plan(folder, List.of(), Map.of(), List.of(), options);
        }

        /// Over an embedded database in the folder's `home`.
        static Plan embedded(Path folder) {
            return new Plan(folder, List.of(), Map.of(), List.of(), List.of());
        }

        Plan with(String... more) {
            List<String> all = new ArrayList<>(options);
            all.addAll(List.of(more));
            return new Plan(folder, prefix, environment, jvm, all);
        }

        /// Started, not yet ready.
        ServiceProcess start() {
            int port = PostgresServer.freePort();
            int managementPort = PostgresServer.freePort();
            Path log = folder.resolve("service-" + port + ".log");
            ProcessBuilder builder =
                    new ProcessBuilder(command(port, managementPort))
                            .redirectErrorStream(true)
                            .redirectOutput(log.toFile());
            builder.environment().putAll(environment);
            try {
                return new ServiceProcess(port, managementPort, log, builder.start());
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        /// Started and ready.
        ServiceProcess ready() {
            return start().awaitReady();
        }

        private List<String> command(int port, int managementPort) {
            List<String> command = new ArrayList<>(prefix);
            command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
            command.addAll(
                    List.of(
                            "-Xmx512m",
                            "-XX:+UseSerialGC",
                            "-XX:TieredStopAtLevel=1",
                            "--enable-native-access=ALL-UNNAMED",
                            "--sun-misc-unsafe-memory-access=allow",
                            "-Dai.djl.pytorch.num_threads=1"));
            command.addAll(jvm);
            command.addAll(
                    List.of(
                            "-cp",
                            System.getProperty("java.class.path"),
                            Gimbal.class.getName(),
                            "serve",
                            "--server.port=" + port,
                            "--management.server.port=" + managementPort,
                            "--gimbal.home=" + folder.resolve("home")));
            if (options.stream().noneMatch(option -> option.startsWith("--gimbal.examples="))) {
                command.add("--gimbal.examples=false");
            }
            command.addAll(options);
            return command;
        }
    }

    @Override
    protected int port() {
        return port;
    }

    /// Where its operators look.
    Client management() {
        return new Client() {
            @Override
            protected int port() {
                return managementPort;
            }
        };
    }

    Process process() {
        return process;
    }

    /// What it has written.
    String log() {
        try {
            return Files.readString(log);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    ServiceProcess awaitReady() {
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (!ready()) {
            if (!process.isAlive() || System.nanoTime() > end) {
                throw new IllegalStateException("the service does not start:\n" + log());
            }
            pause();
        }
        return this;
    }

    private boolean ready() {
        try {
            return get("/readyz").status() == 200;
        } catch (UncheckedIOException _) {
            return false;
        }
    }

    static void pause() {
        try {
            Thread.sleep(50);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /// `kill -9`.
    void kill() {
        process.destroyForcibly();
        await(process);
    }

    private static void await(Process process) {
        try {
            process.waitFor();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /// Stops it as an operator does, its embedded database with it.
    @Override
    public void close() {
        process.destroy();
        await(process);
        Runtime.getRuntime().removeShutdownHook(undertaker);
    }
}
