package dev.gimbal.web;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;
import java.util.UUID;

/// Lines that wait on disk. Their file loses its name as soon as it is open, so that the system
/// frees its space whatever ends the process, or the work that they wait for.
///
/// @param count of lines
record SpooledLines(FileChannel file, long count) implements AutoCloseable {
    private static final int BUFFER = 1 << 16;

    /// Takes a body to its end.
    static SpooledLines of(InputStream body) throws IOException {
        FileChannel file = nameless();
        try {
            long count = copy(body, file);
            file.position(0);
            return new SpooledLines(file, count);
        } catch (IOException | RuntimeException e) {
            file.close();
            throw e;
        }
    }

    private static FileChannel nameless() throws IOException {
        Path path =
                Path.of(
                        System.getProperty("java.io.tmpdir"),
                        "gimbal-upload-" + UUID.randomUUID() + ".ndjson");
        return FileChannel.open(
                path,
                Set.of(
                        StandardOpenOption.CREATE_NEW,
                        StandardOpenOption.READ,
                        StandardOpenOption.WRITE,
                        StandardOpenOption.DELETE_ON_CLOSE), // on Linux: once it is open
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    }

    private static long copy(InputStream body, FileChannel file) throws IOException {
        long lines = 0;
        int last = '\n';
        byte[] buffer = new byte[BUFFER];
        for (int read = body.read(buffer); read >= 0; read = body.read(buffer)) {
            for (int i = 0; i < read; i++) {
                lines += buffer[i] == '\n' ? 1 : 0;
                last = buffer[i];
            }
            for (ByteBuffer rest = ByteBuffer.wrap(buffer, 0, read); rest.hasRemaining(); ) {
                file.write(rest);
            }
        }
        return last == '\n' ? lines : lines + 1;
    }

    /// Reads them once; closing the reader closes the file.
    ///
    /// @param longest bytes of a line that are kept
    LineReader reader(long longest) {
        return new LineReader(Channels.newInputStream(file), longest);
    }

    @Override
    public void close() throws IOException {
        file.close();
    }
}
