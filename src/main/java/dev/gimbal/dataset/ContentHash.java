package dev.gimbal.dataset;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/// SHA-256 of what defines a data set, in hexadecimal.
public final class ContentHash {
    private final MessageDigest digest = sha256();

    /// Hash of a sentence that defines a generated data set, such as its parameters and seed.
    public static String of(String definition) {
        ContentHash hash = new ContentHash();
        hash.add(definition);
        return hash.hex();
    }

    /// Adds a text, with its length before it so that parts cannot run into each other.
    public void add(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        addLength(bytes.length);
        digest.update(bytes);
    }

    /// Adds a file's bytes, with their number before them.
    public void add(Path file) {
        try (InputStream in = Files.newInputStream(file)) {
            addLength(Files.size(file));
            byte[] buffer = new byte[1 << 16];
            for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
                digest.update(buffer, 0, n);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + file, e);
        }
    }

    private void addLength(long length) {
        digest.update(ByteBuffer.allocate(Long.BYTES).putLong(length).flip());
    }

    /// The hash of all that was added.
    public String hex() {
        return HexFormat.of().formatHex(digest.digest());
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
