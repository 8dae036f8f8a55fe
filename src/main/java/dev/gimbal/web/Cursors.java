package dev.gimbal.web;

import dev.gimbal.dataset.BadInputException;
import dev.gimbal.retrieval.FrozenHits;
import dev.gimbal.store.Secrets;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Base64;
import java.util.function.Supplier;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.InflaterInputStream;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.springframework.stereotype.Component;
import org.springframework.util.function.SingletonSupplier;
import tools.jackson.databind.json.JsonMapper;

/// Cursors: the hits that are still to come, signed and handed to the caller, so that the service
/// keeps nothing and every replica can go on. A cursor is base64url of an HMAC-SHA256 and the
/// deflated JSON of [FrozenHits]; the key is in the database. Thread-safe.
@Component
final class Cursors {
    private static final String ALGORITHM = "HmacSHA256";
    private static final int SIGNATURE = 32;

    private final JsonMapper json;
    private final Supplier<byte[]> key;

    Cursors(Secrets secrets, JsonMapper json) {
        this.json = json;
        this.key = SingletonSupplier.of(() -> secrets.get("cursor"));
    }

    String write(FrozenHits frozen) {
        byte[] content = deflated(json.writeValueAsBytes(frozen));
        byte[] signed =
                ByteBuffer.allocate(SIGNATURE + content.length)
                        .put(signature(content))
                        .put(content)
                        .array();
        return Base64.getUrlEncoder().withoutPadding().encodeToString(signed);
    }

    /// The hits that a cursor stands for; what is not signed by this service is not looked into.
    ///
    /// @throws BadInputException for any other text
    FrozenHits read(String cursor) {
        byte[] signed = decoded(cursor);
        if (signed.length > SIGNATURE) {
            byte[] content = Arrays.copyOfRange(signed, SIGNATURE, signed.length);
            if (MessageDigest.isEqual(Arrays.copyOf(signed, SIGNATURE), signature(content))) {
                return json.readValue(inflated(content), FrozenHits.class);
            }
        }
        throw new BadInputException("cursor", cursor, "this is no cursor of this service");
    }

    private static byte[] decoded(String cursor) {
        try {
            return Base64.getUrlDecoder().decode(cursor);
        } catch (IllegalArgumentException _) {
            return new byte[0];
        }
    }

    private byte[] signature(byte[] content) {
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(new SecretKeySpec(key.get(), ALGORITHM));
            return mac.doFinal(content);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java platform has " + ALGORITHM, e);
        }
    }

    private static byte[] deflated(byte[] content) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (DeflaterOutputStream out = new DeflaterOutputStream(bytes)) {
            out.write(content);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    private static byte[] inflated(byte[] content) {
        try (InflaterInputStream in = new InflaterInputStream(new ByteArrayInputStream(content))) {
            return in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
