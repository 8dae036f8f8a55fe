package dev.gimbal.web.openapi;

import dev.gimbal.web.openapi.Contract.Operation;
import dev.gimbal.web.openapi.FreshService.Call;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// Requests made up from the document: some keep to it, some do not. The same seed makes the same
/// ones. What writes touches only collections named `fuzz...` and the model `sprites-rivae`.
final class RequestFuzzer {
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
    private static final List<String> WRITTEN = List.of("fuzz", "fuzz", "fuzz-2", "nowhere");
    private static final List<String> READ = List.of("plates", "plates", "fuzz", "nowhere");

    private final Random random;
    private final FuzzValues values;

    RequestFuzzer(Contract contract, long seed) {
        random = new Random(seed);
        values = new FuzzValues(contract, random);
    }

    /// A request that keeps to the document; the service may still find that it makes no sense.
    Call valid(Operation operation) {
        return call(operation, target(operation, false), body(operation));
    }

    /// One that does not, in its address or its body.
    Call malformed(Operation operation) {
        boolean hasBody = operation.json().has("requestBody");
        boolean hasParameters = !operation.json().path("parameters").isEmpty();
        if (!hasBody || (hasParameters && random.nextInt(4) == 0)) {
            return call(operation, target(operation, true), body(operation));
        }
        Call call = call(operation, target(operation, false), mutated(body(operation)));
        return switch (random.nextInt(4)) {
            case 0 -> new Call(call.method(), call.target(), type(), call.body());
            case 1 ->
                    new Call(call.method(), call.target(), call.contentType(), broken(call.body()));
            default -> call;
        };
    }

    private Call call(Operation operation, String target, JsonNode body) {
        if (body.isMissingNode()) {
            return Call.of(operation.method(), target);
        }
        String type = mediaType(operation).getKey();
        return new Call(
                operation.method(),
                target,
                type,
                (body + (type.endsWith("ndjson") ? "\n" : "")).getBytes(StandardCharsets.UTF_8));
    }

    private JsonNode body(Operation operation) {
        if (!operation.json().has("requestBody")) {
            return JSON.missingNode();
        }
        Map.Entry<String, JsonNode> media = mediaType(operation);
        JsonNode example = media.getValue().path("example");
        if (example.isString()) {
            example = FreshService.JSON.readTree(example.asString());
        }
        return example.isObject() && random.nextInt(3) == 0
                ? example
                : values.of(media.getValue().path("schema"), "");
    }

    private static Map.Entry<String, JsonNode> mediaType(Operation operation) {
        return operation.json().at("/requestBody/content").properties().stream()
                .filter(type -> !type.getKey().startsWith("multipart"))
                .findFirst()
                .orElseThrow();
    }

    private String target(Operation operation, boolean bad) {
        String path = operation.path();
        List<String> query = new ArrayList<>();
        for (JsonNode parameter : operation.json().path("parameters")) {
            String name = parameter.path("name").asString();
            boolean inPath = parameter.path("in").asString().equals("path");
            String value =
                    bad && random.nextBoolean() ? values.nasty() : value(operation, parameter);
            if (inPath) {
                path = path.replace("{" + name + "}", FreshService.encode(value));
            } else if (parameter.path("required").asBoolean()
                    ? !bad || random.nextInt(4) > 0
                    : random.nextBoolean()) {
                query.add(name + "=" + FreshService.encode(value));
            }
        }
        return query.isEmpty() ? path : path + "?" + String.join("&", query);
    }

    private String value(Operation operation, JsonNode parameter) {
        boolean reads =
                operation.method().equals("GET")
                        || operation
                                .path()
                                .matches(
                                        ".*/(query|queries|manipulations|traversals|planes|explanations|clouds)");
        return switch (parameter.path("name").asString()) {
            case "collection" -> values.pick(reads ? READ : WRITTEN);
            case "model" ->
                    operation.method().equals("PATCH")
                            ? "sprites-rivae"
                            : values.pick(List.of("plates-rivae", "sprites-rivae", "nowhere"));
            case "id" ->
                    operation.path().endsWith("{id}")
                            ? "00000000-0000-0000-0000-00000000000" + random.nextInt(9)
                            : values.pick(List.of("a", "my/b", "test-000000"));
            default ->
                    values.of(parameter.path("schema"), parameter.path("name").asString())
                            .asString();
        };
    }

    /// The body with one of its values replaced, or a field too many.
    private JsonNode mutated(JsonNode body) {
        JsonNode copy = body.deepCopy();
        List<JsonNode> places = new ArrayList<>();
        collect(copy, places);
        if (places.isEmpty()) {
            return other();
        }
        JsonNode place = values.pick(places);
        if (place instanceof ObjectNode object) {
            List<String> names = new ArrayList<>(object.propertyNames());
            String name =
                    names.isEmpty() || random.nextInt(4) == 0 ? values.nasty() : values.pick(names);
            object.set(name, other());
        } else if (place instanceof ArrayNode array) {
            array.insert(random.nextInt(array.size() + 1), other());
        }
        return copy;
    }

    private static void collect(JsonNode json, List<JsonNode> places) {
        if (json.isContainer()) {
            places.add(json);
            json.forEach(child -> collect(child, places));
        }
    }

    private JsonNode other() {
        return switch (random.nextInt(9)) {
            case 0 -> JSON.nullNode();
            case 1 -> JSON.stringNode(values.nasty());
            case 2 -> JSON.stringNode("\ud800 half a character");
            case 3 -> JSON.numberNode(new java.math.BigDecimal("1e400"));
            case 4 -> JSON.numberNode(Long.MIN_VALUE);
            case 5 -> JSON.numberNode(-0.5);
            case 6 -> nested();
            case 7 -> JSON.booleanNode(true);
            default -> JSON.objectNode().set("a", JSON.arrayNode().add(1).add("b"));
        };
    }

    private JsonNode nested() {
        JsonNode deep = JSON.arrayNode();
        for (int i = random.nextInt(1, 490); i > 0; i--) {
            deep = JSON.arrayNode().add(deep);
        }
        return deep;
    }

    private byte[] broken(byte[] body) {
        byte[] copy = body.clone();
        if (copy.length == 0) {
            return new byte[] {(byte) 0xff};
        }
        int place = random.nextInt(copy.length);
        return switch (random.nextInt(5)) {
            case 0 -> Arrays.copyOf(copy, place);
            case 1 -> Arrays.copyOf(copy, copy.length + 3);
            case 2 -> new byte[0];
            case 3 -> "[".repeat(random.nextInt(1, 100_000)).getBytes(StandardCharsets.US_ASCII);
            default -> {
                copy[place] = (byte) random.nextInt(256);
                yield copy;
            }
        };
    }

    private String type() {
        return values.pick(
                List.of(
                        "text/plain",
                        "application/xml",
                        "application/json;charset=utf-16",
                        "application/x-www-form-urlencoded",
                        "multipart/form-data",
                        "multipart/form-data; boundary=x",
                        "application/x-ndjson",
                        "*/*",
                        "nonsense"));
    }
}
