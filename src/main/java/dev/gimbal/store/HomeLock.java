package dev.gimbal.store;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import org.jspecify.annotations.Nullable;

/// Holds a directory for one service. The operating system lets go when the process ends, however
/// it ends.
final class HomeLock implements AutoCloseable {
    private final FileChannel channel;

    private HomeLock(FileChannel channel) {
        this.channel = channel;
    }

    /// Creates the directory if need be, readable by its owner alone, and locks it.
    ///
    /// @throws IllegalStateException when another service holds it
    static HomeLock acquire(Path home) throws IOException {
        if (!Files.isDirectory(home)) {
            Files.createDirectories(
                    home,
                    PosixFilePermissions.asFileAttribute(
                            PosixFilePermissions.fromString("rwx------")));
        }
        FileChannel channel =
                FileChannel.open(
                        home.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        if (!locks(channel)) {
            channel.close();
            throw new IllegalStateException(
                    "gimbal.home "
                            + home
                            + " is in use by another Gimbal: stop that one, choose another"
                            + " gimbal.home, or let both use one PostgreSQL by"
                            + " SPRING_DATASOURCE_URL");
        }
        return new HomeLock(channel);
    }

    private static boolean locks(FileChannel channel) throws IOException {
        try {
            @Nullable Object lock = channel.tryLock();
            return lock != null;
        } catch (OverlappingFileLockException _) {
            return false;
        }
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
