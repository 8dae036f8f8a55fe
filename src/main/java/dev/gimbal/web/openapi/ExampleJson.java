package dev.gimbal.web.openapi;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import io.swagger.v3.core.util.Json31;

/// Examples in the JSON of the document's library, which is another one than ours.
final class ExampleJson {
    private ExampleJson() {}

    static JsonNode of(tools.jackson.databind.JsonNode json) {
        try {
            return Json31.mapper().readTree(json.toString());
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(e);
        }
    }
}
