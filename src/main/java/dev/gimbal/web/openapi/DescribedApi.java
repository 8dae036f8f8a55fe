package dev.gimbal.web.openapi;

import static org.springframework.http.MediaType.APPLICATION_JSON_VALUE;
import static org.springframework.http.MediaType.APPLICATION_PROBLEM_JSON_VALUE;

import io.swagger.v3.oas.models.OpenAPI;
import io.swagger.v3.oas.models.Operation;
import io.swagger.v3.oas.models.PathItem;
import io.swagger.v3.oas.models.Paths;
import io.swagger.v3.oas.models.media.Content;
import io.swagger.v3.oas.models.media.JsonSchema;
import io.swagger.v3.oas.models.media.MediaType;
import io.swagger.v3.oas.models.media.Schema;
import io.swagger.v3.oas.models.parameters.Parameter;
import io.swagger.v3.oas.models.parameters.RequestBody;
import io.swagger.v3.oas.models.responses.ApiResponse;
import io.swagger.v3.oas.models.responses.ApiResponses;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/// Joins the document that was read off the controllers with the words of the [Reference].
///
/// @param document is changed
record DescribedApi(Reference reference, OpenAPI document) {
    private static final List<Integer> ALWAYS = List.of(400, 401, 403, 406, 429, 503);
    private static final List<Integer> WITH_BODY = List.of(408, 413, 415, 422);

    void describe() {
        document.getInfo().setDescription(reference.description());
        Paths described = new Paths();
        reference
                .operations()
                .forEach((key, words) -> {
                    String path = key.substring(key.indexOf(' ') + 1);
                    PathItem item = known(document.getPaths().get(path), key);
                    described.addPathItem(path, item);
                    PathItem.HttpMethod method =
                            PathItem.HttpMethod.valueOf(key.substring(0, key.indexOf(' ')));
                    describe(known(item.readOperationsMap().get(method), key), words);
                });
        document.getPaths().forEach(described::putIfAbsent);
        document.setPaths(described);
        document.getComponents().getSchemas().remove("SseEmitter"); // is a stream of Operations
        addProblems();
        document.getComponents().getSchemas().forEach(this::describeFields);
        new ClosedRequests(document).close();
    }

    private static <T> T known(@Nullable T found, String name) {
        if (found == null) {
            throw new IllegalStateException(
                    "the reference tells of " + name + ", which is not there");
        }
        return found;
    }

    private void describe(Operation operation, Reference.Described words) {
        operation.operationId(words.id()).tags(List.of(words.tag()));
        operation.summary(words.summary()).description(words.description());
        List<Parameter> parameters =
                Optional.ofNullable(operation.getParameters()).orElse(List.of());
        parameters.forEach(parameter -> describe(parameter, words));
        describeBody(operation, words);
        describeAnswers(operation, words);
        Set<Integer> problems = new TreeSet<>(ALWAYS);
        if (parameters.stream().anyMatch(p -> p.getIn().equals("path"))) {
            problems.add(404);
        }
        if (operation.getRequestBody() != null) {
            problems.addAll(WITH_BODY);
        }
        if (words.problems() != null) {
            for (int status : words.problems()) {
                problems.add(status);
            }
        }
        for (int status : problems) {
            operation
                    .getResponses()
                    .addApiResponse(
                            Integer.toString(status),
                            new ApiResponse().$ref("#/components/responses/" + status));
        }
    }

    private void describe(Parameter parameter, Reference.Described words) {
        parameter.setDescription(reference.field(words.id(), parameter.getName()));
        if (words.optional() != null && words.optional().contains(parameter.getName())) {
            parameter.setRequired(false);
        }
        JsonNode example =
                words.parameters() == null ? null : words.parameters().get(parameter.getName());
        if (example != null) {
            parameter.setExample(plain(example));
        }
    }

    private static void describeBody(Operation operation, Reference.Described words) {
        if (words.consumes() != null) {
            operation.setRequestBody(
                    new RequestBody()
                            .required(true)
                            .content(
                                    new Content()
                                            .addMediaType(
                                                    words.consumes(),
                                                    new MediaType().schema(text(null)))));
        }
        JsonNode body = words.body();
        if (body != null) {
            Content content = operation.getRequestBody().getContent();
            String type = words.consumes() == null ? APPLICATION_JSON_VALUE : words.consumes();
            known(content.get(type), type).setExample(plain(body));
        }
    }

    private static void describeAnswers(Operation operation, Reference.Described words) {
        ApiResponse read = known(operation.getResponses().get("200"), words.id());
        ApiResponses answers = new ApiResponses();
        Map<String, String> given = words.answers() == null ? Map.of("200", "") : words.answers();
        given.forEach((status, content) ->
                answers.addApiResponse(
                        status,
                        new ApiResponse()
                                .description(words.summary())
                                .content(content(content, read))));
        operation.setResponses(answers);
    }

    /// @param names schemas and media types; `none`; or empty for what Java says
    private static @Nullable Content content(String names, ApiResponse read) {
        if (names.isEmpty()) {
            return read.getContent();
        }
        if (names.equals("none")) {
            return null;
        }
        Content content = new Content();
        for (String name : names.split(", ", -1)) {
            if (name.contains("/")) {
                content.addMediaType(name, new MediaType().schema(text("binary")));
            } else {
                content.putAll(json(name, APPLICATION_JSON_VALUE));
            }
        }
        return content;
    }

    private static Content json(String schema, String type) {
        Schema<?> reference = new JsonSchema();
        reference.set$ref("#/components/schemas/" + schema);
        return new Content().addMediaType(type, new MediaType().schema(reference));
    }

    private void addProblems() {
        Schema<?> problem = new JsonSchema();
        problem.setTypes(new LinkedHashSet<>(List.of("object")));
        problem.setDescription("RFC 9457 problem details");
        List.of("type", "title", "detail", "instance", "field", "value")
                .forEach(name -> problem.addProperty(name, text(null)));
        Schema<?> status = new JsonSchema();
        status.setTypes(new LinkedHashSet<>(List.of("integer")));
        problem.addProperty("status", status);
        problem.setRequired(new ArrayList<>(List.of("status", "title", "detail", "instance")));
        document.getComponents().addSchemas("Problem", problem);
        reference
                .problems()
                .forEach((code, meaning) ->
                        document.getComponents()
                                .addResponses(
                                        code,
                                        new ApiResponse()
                                                .description(meaning)
                                                .content(
                                                        json(
                                                                "Problem",
                                                                APPLICATION_PROBLEM_JSON_VALUE))));
    }

    private void describeFields(String name, Schema<?> schema) {
        if (schema.getProperties() != null) {
            schema.getProperties()
                    .forEach((field, property) ->
                            property.setDescription(reference.field(name, field)));
        }
    }

    private static Schema<?> text(@Nullable String format) {
        Schema<?> schema = new JsonSchema();
        schema.setTypes(new LinkedHashSet<>(List.of("string")));
        schema.setFormat(format);
        return schema;
    }

    /// As the document's own library writes it.
    private static Object plain(JsonNode json) {
        return json.isString() ? json.stringValue() : ExampleJson.of(json);
    }
}
