package dev.gimbal.retrieval;

import dev.gimbal.store.Payload;
import java.util.Map;
import tools.jackson.databind.node.ObjectNode;

/// An item as it comes in.
///
/// @param id unique within its collection; an item of the same id is replaced
/// @param payloads what is given of it, by modality; at least one
/// @param attributes any JSON object, kept beside it
public record NewItem(String id, Map<String, Payload> payloads, ObjectNode attributes) {
    public NewItem {
        payloads = Map.copyOf(payloads);
    }
}
