package dev.gimbal.store;

import dev.gimbal.bundle.ModelBundle;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import tools.jackson.databind.node.ObjectNode;

/// An item as it is to stand in the database, replacing what was there under the same external id.
///
/// @param externalId the caller's own name for it, 1 to 1,024 characters of 2,000 bytes at most as
///   UTF-8, which is what an index takes
/// @param payloads by modality
/// @param attributes any JSON object
/// @param embeddings index vectors that are ready; others can follow by [Embeddings#put]
public record ItemWrite(
        String externalId,
        Map<String, Payload> payloads,
        ObjectNode attributes,
        List<Embedding> embeddings) {

    private static final int LONGEST_ID = 1024;
    private static final int MOST_ID_BYTES = 2000;

    public ItemWrite {
        if (externalId.isBlank() || externalId.length() > LONGEST_ID) {
            throw new IllegalArgumentException(
                    "item id must have 1 to %d characters, has %d"
                            .formatted(LONGEST_ID, externalId.length()));
        }
        Texts.require("item id", externalId);
        int bytes = externalId.getBytes(StandardCharsets.UTF_8).length;
        if (bytes > MOST_ID_BYTES) {
            throw new IllegalArgumentException(
                    "item id must have at most %d bytes as UTF-8, has %d"
                            .formatted(MOST_ID_BYTES, bytes));
        }
        Attributes.require("attributes", attributes);
        payloads = Map.copyOf(payloads);
        payloads.keySet().forEach(SearchCollection::requireModality);
        embeddings = List.copyOf(embeddings);
        embeddings.forEach(e -> SearchCollection.requireModality(e.modality()));
    }

    /// SHA-256 (hexadecimal) over the payloads: while it stays, vectors of any model stay valid.
    public String contentHash() {
        MessageDigest digest = ModelBundle.sha256();
        new TreeMap<>(payloads)
                .forEach((modality, payload) -> {
                    byte[] content = payload.bytes();
                    String head =
                            "%s %s %s %d\n"
                                    .formatted(
                                            modality,
                                            payload.kind(),
                                            payload instanceof Payload.Bytes b ? b.mediaType() : "",
                                            content.length);
                    digest.update(head.getBytes(StandardCharsets.UTF_8));
                    digest.update(content);
                });
        return HexFormat.of().formatHex(digest.digest());
    }
}
