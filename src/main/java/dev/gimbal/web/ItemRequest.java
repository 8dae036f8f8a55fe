package dev.gimbal.web;

import dev.gimbal.dataset.BadInputException;
import dev.gimbal.retrieval.NewItem;
import dev.gimbal.store.Payload;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// An item over HTTP: a line of a bulk upload, or the body of a single one, whose id is a
/// parameter.
///
/// @param values what is given of it, by modality
record ItemRequest(
        @Nullable String id,
        @Nullable Map<String, @Nullable ItemValue> values,
        @Nullable ObjectNode attributes) {

    NewItem item(@Nullable String givenId) {
        String itemId = givenId == null ? id : givenId;
        if (itemId == null) {
            throw new BadInputException("id", "none", "an item has an id");
        }
        if (id != null && !id.equals(itemId)) {
            throw new BadInputException("id", id, "the id differs from that of the address");
        }
        Map<String, Payload> payloads = new TreeMap<>();
        if (values != null) {
            values.forEach((modality, value) -> {
                String field = "values." + modality;
                if (value == null) {
                    throw new BadInputException(field, "null", "a value must not be null");
                }
                payloads.put(modality, value.payload(field));
            });
        }
        return new NewItem(
                itemId,
                payloads,
                attributes == null ? JsonNodeFactory.instance.objectNode() : attributes);
    }
}
