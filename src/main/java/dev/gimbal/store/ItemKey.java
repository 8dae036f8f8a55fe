package dev.gimbal.store;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.UUID;

/// Keys of items: the same everywhere for the same collection and external id.
public final class ItemKey {
    /// The namespace of all collections: UUIDv5 of the DNS name gimbal.dev.
    private static final UUID NAMESPACE =
            version5(UUID.fromString("6ba7b810-9dad-11d1-80b4-00c04fd430c8"), "gimbal.dev");

    private ItemKey() {}

    /// UUIDv5 of the external id within the collection's own namespace.
    public static UUID of(String collection, String externalId) {
        return version5(version5(NAMESPACE, collection), externalId);
    }

    /// RFC 9562, section 5.5: SHA-1 of namespace and name, cut to 128 bits.
    static UUID version5(UUID namespace, String name) {
        MessageDigest digest = sha1();
        digest.update(
                ByteBuffer.allocate(16)
                        .putLong(namespace.getMostSignificantBits())
                        .putLong(namespace.getLeastSignificantBits())
                        .flip());
        ByteBuffer hash = ByteBuffer.wrap(digest.digest(name.getBytes(StandardCharsets.UTF_8)));
        long high = hash.getLong() & ~0xF000L | 0x5000L;
        long low = hash.getLong() & 0x3FFF_FFFF_FFFF_FFFFL | 0x8000_0000_0000_0000L;
        return new UUID(high, low);
    }

    private static MessageDigest sha1() {
        try {
            return MessageDigest.getInstance("SHA-1");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-1", e);
        }
    }
}
