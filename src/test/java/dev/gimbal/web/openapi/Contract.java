package dev.gimbal.web.openapi;

import com.networknt.schema.Error;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/// The OpenAPI document of a running service, and whether an answer keeps to it.
final class Contract {
    private static final JsonMapper JSON = FreshService.JSON;
    private static final Set<String> JSON_TYPES =
            Set.of("application/json", "application/problem+json");
    private static final String PLACE = "#/components/";

    private final JsonNode document;
    private final SchemaRegistry registry =
            SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12);
    private final Map<JsonNode, Schema> schemas = new HashMap<>();

    /// @param document gets every object of an answer closed: what is not described is not sent
    Contract(JsonNode document) {
        this.document = document;
        document.at("/components/schemas")
                .forEach(schema -> {
                    if (schema instanceof ObjectNode object && object.has("properties")) {
                        object.put("additionalProperties", false);
                    }
                });
    }

    /// One operation of the document.
    record Operation(String method, String path, JsonNode json) {
        String id() {
            return json.path("operationId").asString();
        }

        @Override
        public String toString() {
            return method + " " + path;
        }
    }

    JsonNode document() {
        return document;
    }

    List<Operation> operations() {
        List<Operation> operations = new ArrayList<>();
        document.path("paths")
                .properties()
                .forEach(path ->
                        path.getValue()
                                .properties()
                                .forEach(method ->
                                        operations.add(
                                                new Operation(
                                                        method.getKey().toUpperCase(Locale.ROOT),
                                                        path.getKey(),
                                                        method.getValue()))));
        return operations;
    }

    Operation operation(String name) {
        return operations().stream()
                .filter(operation -> operation.toString().equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException(name));
    }

    /// What a reference stands for.
    JsonNode resolved(JsonNode json) {
        String reference = json.path("$ref").asString("");
        return reference.isEmpty()
                ? json
                : document.at("/components/" + reference.substring(PLACE.length()));
    }

    /// What is wrong with an answer; empty when it keeps to the document.
    List<String> violations(Operation operation, HttpResponse<byte[]> answer) {
        JsonNode described =
                resolved(
                        operation
                                .json()
                                .path("responses")
                                .path(Integer.toString(answer.statusCode())));
        if (described.isMissingNode()) {
            return List.of("no such status: " + answer.statusCode());
        }
        JsonNode content = described.path("content");
        if (content.isMissingNode()) {
            return answer.body().length == 0 ? List.of() : List.of("a body where none belongs");
        }
        String type = answer.headers().firstValue("Content-Type").orElse("none").split(";", 2)[0];
        JsonNode media = content.path(content.has(type) ? type : "*/*");
        if (media.isMissingNode()) {
            return List.of("no such media type: " + type);
        }
        if (!JSON_TYPES.contains(type) || !content.has(type)) {
            return List.of();
        }
        try {
            return schemas
                    .computeIfAbsent(media.path("schema"), this::compiled)
                    .validate(JSON.readTree(answer.body()))
                    .stream()
                    .map(Error::toString)
                    .toList();
        } catch (JacksonException e) {
            return List.of("no JSON: " + e.getOriginalMessage());
        }
    }

    /// What the document finds wrong with the JSON body of a request. It says in words that a field
    /// that is null counts as absent.
    List<String> bodyViolations(Operation operation, byte[] body) {
        JsonNode media = operation.json().at("/requestBody/content").path("application/json");
        return schemas
                .computeIfAbsent(media.path("schema"), this::compiled)
                .validate(withoutNulls(JSON.readTree(body)))
                .stream()
                .map(Error::toString)
                .toList();
    }

    private static JsonNode withoutNulls(JsonNode json) {
        if (json instanceof ObjectNode object) {
            object.removeNulls();
        }
        json.forEach(Contract::withoutNulls);
        return json;
    }

    /// The schema with all that it may refer to beside it.
    private Schema compiled(JsonNode schema) {
        ObjectNode whole = ((ObjectNode) schema).deepCopy();
        whole.set("components", document.path("components"));
        return registry.getSchema(whole);
    }
}
