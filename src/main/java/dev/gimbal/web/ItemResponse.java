package dev.gimbal.web;

import dev.gimbal.store.Item;
import java.time.Instant;
import java.util.Set;
import java.util.TreeSet;
import tools.jackson.databind.node.ObjectNode;

/// An item without its payloads.
record ItemResponse(
        String id,
        Set<String> modalities,
        ObjectNode attributes,
        String contentHash,
        long change,
        Instant updated) {

    static ItemResponse of(Item item) {
        return new ItemResponse(
                item.externalId(),
                new TreeSet<>(item.modalities()),
                item.attributes(),
                item.contentHash(),
                item.change(),
                item.updated());
    }
}
