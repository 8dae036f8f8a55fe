package dev.gimbal.store;

import java.time.Instant;
import java.util.Set;
import java.util.UUID;
import tools.jackson.databind.node.ObjectNode;

/// An item without its payloads.
///
/// @param key UUIDv5 of collection and external id
/// @param modalities which it carries a payload of
/// @param contentHash SHA-256 over the payloads
/// @param change number of the write that made it what it is
public record Item(
        UUID key,
        String externalId,
        Set<String> modalities,
        ObjectNode attributes,
        String contentHash,
        long change,
        Instant updated) {
    public Item {
        modalities = Set.copyOf(modalities);
    }
}
