package dev.gimbal.web.openapi;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gimbal.web.openapi.Contract.Operation;
import dev.gimbal.web.openapi.FreshService.Call;
import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/// The document against the service that it describes.
class ReferenceTest {
    private static final FreshService SERVICE = FreshService.shared();
    private static final Contract CONTRACT = new Contract(SERVICE.get("/v3/api-docs"));

    /// What the examples before have made, by the name of the parameter that takes it.
    private final Map<String, String> made = new HashMap<>();

    @Test
    void everyOperationIsDescribed() {
        assertThat(CONTRACT.document().path("openapi").asString()).startsWith("3.1");
        Set<String> ids = new HashSet<>();
        for (Operation operation : CONTRACT.operations()) {
            assertThat(ids.add(operation.id())).as("%s has an id of its own", operation).isTrue();
            assertThat(operation.json().path("summary").asString(""))
                    .as("%s", operation)
                    .isNotEmpty();
            assertThat(operation.json().path("responses").propertyNames())
                    .as("%s", operation)
                    .contains("400", "401", "403", "429");
            operation
                    .json()
                    .path("parameters")
                    .forEach(p ->
                            assertThat(p.path("description").asString(""))
                                    .as("%s: %s", operation, p)
                                    .isNotEmpty());
        }
        assertThat(CONTRACT.operations().stream().map(Operation::toString))
                .containsExactlyInAnyOrderElementsOf(Reference.load().operations().keySet());
    }

    @Test
    void everyFieldHasWordsAndNoWordsAreLeftOver() {
        Set<String> used = new HashSet<>();
        CONTRACT.document()
                .at("/components/schemas")
                .properties()
                .forEach(schema ->
                        schema.getValue()
                                .path("properties")
                                .properties()
                                .forEach(field -> {
                                    String name = schema.getKey() + "." + field.getKey();
                                    assertThat(field.getValue().path("description").asString(""))
                                            .as(name)
                                            .isNotEmpty();
                                    used.add(name);
                                    used.add(field.getKey());
                                }));
        for (Operation operation : CONTRACT.operations()) {
            operation
                    .json()
                    .path("parameters")
                    .forEach(p -> {
                        used.add(p.path("name").asString());
                        used.add(operation.id() + "." + p.path("name").asString());
                    });
        }
        assertThat(Reference.load().fields().keySet().stream().filter(name -> !used.contains(name)))
                .isEmpty();
    }

    @Test
    void everyExampleIsAnsweredAsTheDocumentSays() throws IOException {
        for (String name : Reference.load().operations().keySet()) {
            Operation operation = CONTRACT.operation(name);
            if (operation.id().equals("cancelOperation")) {
                made.put("operations", longBenchmark());
            }
            HttpResponse<byte[]> answer = SERVICE.send(call(operation));
            String body = new String(answer.body(), StandardCharsets.UTF_8);
            assertThat(answer.statusCode()).as("%s: %s", operation, body).isBetween(200, 299);
            assertThat(CONTRACT.violations(operation, answer)).as("%s", operation).isEmpty();
            remember(operation, answer);
        }
    }

    @Test
    void multipartAndOtherMediaTypesAreAnsweredToo() throws IOException {
        byte[] body =
                ("--x\r\nContent-Disposition: form-data; name=\"image\"; filename=\"a\"\r\n"
                                + "Content-Type: image/png\r\n\r\n")
                        .getBytes(StandardCharsets.US_ASCII);
        byte[] png =
                SERVICE.send(
                                Call.of(
                                        "GET",
                                        "/v1/collections/plates/items/payload?id=test-000000&modality=picture"))
                        .body();
        java.io.ByteArrayOutputStream whole = new java.io.ByteArrayOutputStream();
        whole.write(body);
        whole.write(png);
        whole.write("\r\n--x--\r\n".getBytes(StandardCharsets.US_ASCII));
        for (String path : new String[] {"query", "traversals"}) {
            Operation operation = CONTRACT.operation("POST /v1/collections/{collection}/" + path);
            HttpResponse<byte[]> answer =
                    SERVICE.send(
                            new Call(
                                    "POST",
                                    "/v1/collections/plates/" + path,
                                    "multipart/form-data; boundary=x",
                                    whole.toByteArray()));
            assertThat(answer.statusCode()).isEqualTo(200);
            assertThat(CONTRACT.violations(operation, answer)).isEmpty();
        }
    }

    private Call call(Operation operation) throws IOException {
        String path = operation.path();
        StringBuilder query = new StringBuilder();
        for (JsonNode parameter : operation.json().path("parameters")) {
            String name = parameter.path("name").asString();
            if (!parameter.has("example")) {
                continue;
            }
            String value = FreshService.encode(value(operation, name, parameter.get("example")));
            if (parameter.path("in").asString().equals("path")) {
                path = path.replace("{" + name + "}", value);
            } else {
                query.append(query.isEmpty() ? '?' : '&').append(name).append('=').append(value);
            }
        }
        String target = path + query;
        JsonNode content = operation.json().path("requestBody").path("content");
        Map.Entry<String, JsonNode> body =
                content.properties().stream()
                        .filter(type -> type.getValue().has("example"))
                        .findFirst()
                        .orElse(null);
        if (body == null) {
            return Call.of(operation.method(), target);
        }
        JsonNode example = body.getValue().get("example");
        return example.isString()
                ? new Call(
                        operation.method(),
                        target,
                        body.getKey(),
                        example.asString().getBytes(StandardCharsets.UTF_8))
                : Call.json(operation.method(), target, whole(operation, example));
    }

    /// An id that only the service knows stands in the document by its form.
    private String value(Operation operation, String name, JsonNode example) {
        boolean made = name.equals("id") && operation.path().endsWith("{id}");
        return made
                ? Objects.requireNonNull(
                        this.made.get(operation.json().path("tags").get(0).asString()))
                : example.asString();
    }

    /// A bundle is too long for an example.
    private static JsonNode whole(Operation operation, JsonNode example) throws IOException {
        if (!operation.id().equals("installModel")) {
            return example;
        }
        ObjectNode bundle = JsonMapper.shared().createObjectNode();
        bundle.put("manifest", new String(bundled("manifest.json"), StandardCharsets.UTF_8));
        return bundle.put("weights", bundled("weights.safetensors"));
    }

    private static byte[] bundled(String file) throws IOException {
        try (InputStream in =
                ReferenceTest.class.getResourceAsStream("/bundled/plates-rivae/" + file)) {
            return Objects.requireNonNull(in).readAllBytes();
        }
    }

    private void remember(Operation operation, HttpResponse<byte[]> answer) {
        if (answer.statusCode() == 202 && !operation.id().equals("cancelOperation")) {
            JsonNode accepted = FreshService.JSON.readTree(answer.body());
            String id = accepted.path("operation").asString();
            assertThat(SERVICE.await(id).path("state").asString()).isEqualTo("SUCCEEDED");
            made.put("operations", id);
            made.put("benchmarks", accepted.path("benchmark").asString(""));
        }
        if (operation.id().equals("createKey")) {
            made.put("keys", FreshService.JSON.readTree(answer.body()).at("/key/id").asString());
        }
    }

    /// An operation that is still there to be cancelled.
    private static String longBenchmark() {
        String body =
                "{\"model\":\"sprites-rivae\",\"dataset\":\"sprites\",\"size\":50,\"draws\":100}";
        return FreshService.JSON
                .readTree(
                        SERVICE.send(
                                        Call.json(
                                                "POST",
                                                "/v1/benchmarks",
                                                FreshService.JSON.readTree(body)))
                                .body())
                .path("operation")
                .asString();
    }
}
