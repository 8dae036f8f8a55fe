package dev.gimbal.store;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The embedded server's files, for whoever holds the lock of the home above.
///
/// @param root `<home>/postgres`, readable by its owner alone
record ServerDirectory(Path root) {
    private static final Logger LOG = LoggerFactory.getLogger(ServerDirectory.class);
    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final long LONGEST_LOG = 10_000_000;

    /// The cluster itself.
    Path data() {
        return root.resolve("data");
    }

    /// Where the server's programs are unpacked, once for each version.
    Path programs() {
        return root.resolve("programs");
    }

    /// Holds the password of the user `postgres`.
    Path passwordFile() {
        return root.resolve("password");
    }

    /// What the server writes about itself.
    Path log() {
        return root.resolve("server.log");
    }

    /// Makes the directory, generates the password, and clears away what a killed process left half
    /// done: a cluster that never ran is set aside, programs unpacked in part are deleted.
    void prepare() throws IOException {
        Files.createDirectories(root);
        Files.setPosixFilePermissions(root, PosixFilePermissions.fromString("rwx------"));
        if (!Files.exists(data().resolve("initialised"))) {
            setAside(data());
            writePassword();
        }
        if (Files.exists(log()) && Files.size(log()) > LONGEST_LOG) {
            Files.move(log(), root.resolve("server.log.1"), StandardCopyOption.REPLACE_EXISTING);
        }
        if (Files.isDirectory(programs())) {
            try (Stream<Path> versions = Files.list(programs())) {
                for (Path version : versions.filter(v -> !whole(v)).toList()) {
                    delete(version);
                }
            }
        }
    }

    /// Says that the cluster is complete; from then on it is never cleared away.
    void markInitialised() throws IOException {
        Files.writeString(data().resolve("initialised"), "");
    }

    String password() throws IOException {
        return Files.readString(passwordFile()).strip();
    }

    /// @throws IllegalStateException when another major version of PostgreSQL wrote the cluster
    void requireMajor(int major) throws IOException {
        Path file = data().resolve("PG_VERSION");
        if (!Files.exists(file)) {
            return;
        }
        String written = Files.readString(file).strip();
        if (!written.equals(Integer.toString(major))) {
            throw new IllegalStateException(
                    ("the database in %s was written by PostgreSQL %s, this Gimbal brings %d: dump it"
                                    + " with the Gimbal that wrote it and restore it into a new"
                                    + " gimbal.home, or serve it with a PostgreSQL %s and set"
                                    + " SPRING_DATASOURCE_URL")
                            .formatted(data(), written, major, written));
        }
    }

    /// Stops a server that outlived its service, as after `kill -9`. The caller holds the home's
    /// lock, so that no living service uses it.
    void stopOrphan() throws IOException {
        Optional<ProcessHandle> orphan = server();
        if (orphan.isPresent()) {
            LOG.warn(
                    "stopping the database server {} that a killed service left",
                    orphan.get().pid());
            stop(orphan.get());
        }
    }

    /// Whether a server of this cluster runs, starting and recovering ones included.
    boolean served() {
        try {
            return server().isPresent();
        } catch (IOException _) {
            return false; // its file has just gone
        }
    }

    /// The process that serves this cluster, when there is one.
    Optional<ProcessHandle> server() throws IOException {
        Path pidFile = data().resolve("postmaster.pid");
        return Files.exists(pidFile)
                ? Files.readAllLines(pidFile).stream()
                        .findFirst()
                        .map(String::strip)
                        .filter(pid -> pid.matches("\\d{1,18}"))
                        .flatMap(pid -> ProcessHandle.of(Long.parseLong(pid)))
                        .filter(this::serves)
                : Optional.empty();
    }

    /// Whether the process is a server of this very cluster, not one that got the number since.
    private boolean serves(ProcessHandle process) {
        List<String> arguments = Arrays.asList(process.info().arguments().orElse(new String[0]));
        return process.info().command().orElse("").endsWith("postgres")
                && arguments.contains(data().toString());
    }

    private static void stop(ProcessHandle server) {
        // SIGTERM lets transactions end; those of a killed service end when its connections break
        server.destroy();
        try {
            server.onExit().get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
        } catch (TimeoutException _) {
            LOG.warn(
                    "the server {} does not stop: killing it, it recovers from its log",
                    server.pid());
            server.destroyForcibly();
            server.onExit().join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while a server stops", e);
        } catch (ExecutionException e) {
            throw new IllegalStateException("cannot wait for server " + server.pid(), e);
        }
    }

    private void writePassword() throws IOException {
        byte[] secret = new byte[24];
        new SecureRandom().nextBytes(secret);
        Files.deleteIfExists(passwordFile());
        Files.createFile(
                passwordFile(),
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        Files.writeString(passwordFile(), HexFormat.of().formatHex(secret) + "\n");
    }

    private static void setAside(Path cluster) throws IOException {
        if (Files.exists(cluster)) {
            Path aside = cluster.resolveSibling("data-incomplete-" + System.currentTimeMillis());
            LOG.warn("{} was never completed: set aside as {}", cluster, aside);
            Files.move(cluster, aside);
        }
    }

    private static boolean whole(Path version) {
        return !version.getFileName().toString().startsWith("PG-")
                || Files.exists(version.resolve(".exists"));
    }

    private static void delete(Path tree) throws IOException {
        if (!Files.exists(tree)) {
            return;
        }
        try (Stream<Path> paths = Files.walk(tree)) {
            for (Path path : paths.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(path);
            }
        }
    }
}
