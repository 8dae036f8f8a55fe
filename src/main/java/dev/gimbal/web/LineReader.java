package dev.gimbal.web;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import org.jspecify.annotations.Nullable;

/// Lines of bytes, none of which can fill the memory.
final class LineReader implements AutoCloseable {
    private final BufferedInputStream stream;
    private final long longest;
    private long number;

    /// @param longest bytes of a line that are kept; the rest of a longer one is passed over
    LineReader(InputStream stream, long longest) {
        this.stream = new BufferedInputStream(stream, 1 << 16);
        this.longest = longest;
    }

    /// One line without its end.
    ///
    /// @param number from 1
    /// @param whole whether nothing of it was passed over
    record Line(long number, byte[] bytes, boolean whole) {
        boolean blank() {
            for (byte b : bytes) {
                if (b != ' ' && b != '\t' && b != '\r') {
                    return false;
                }
            }
            return true;
        }
    }

    /// The next line, or `null` at the end.
    @Nullable Line next() throws IOException {
        int b = stream.read();
        if (b < 0) {
            return null;
        }
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        long length = 0;
        for (; b >= 0 && b != '\n'; b = stream.read()) {
            if (++length <= longest) {
                bytes.write(b);
            }
        }
        number++;
        return new Line(number, bytes.toByteArray(), length <= longest);
    }

    @Override
    public void close() throws IOException {
        stream.close();
    }
}
