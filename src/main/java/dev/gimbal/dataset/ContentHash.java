package dev.gimbal.dataset;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/// SHA-256 of what defines a data set, in hexadecimal.
final class ContentHash {
    private final MessageDigest digest = sha256();

    /// Hash of a sentence that defines a generated data set, such as its parameters and seed.
    static String of(String definition) {
        return new ContentHash().add(definition.getBytes(StandardCharsets.UTF_8)).hex();
    }

    /// Adds bytes, with their length before them so that parts cannot run into each other.
    ContentHash add(byte[] bytes) {
        for (int shift = 56; shift >= 0; shift -= 8) {
            digest.update((byte) ((long) bytes.length >>> shift));
        }
        digest.update(bytes);
        return this;
    }

    String hex() {
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
