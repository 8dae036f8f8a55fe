package dev.gimbal.web.openapi;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// What the reference says in words, as `openapi/reference.yaml` has it.
///
/// @param description of the whole API
/// @param problems what each status of a problem means
/// @param fields what parameters and properties mean, by name; `Schema.name` goes before `name`
/// @param operations by method and path, in the order in which they are shown, and in which their
///   examples work on a fresh service
record Reference(
        String description,
        Map<String, String> problems,
        Map<String, String> fields,
        Map<String, Described> operations) {

    /// One operation.
    ///
    /// @param answers media type or schema of each good status; absent where Java says it
    /// @param problems statuses beside those that its form implies
    /// @param optional parameters that only one of its forms needs
    /// @param parameters the example's parameters
    /// @param consumes media type of a body that Java does not show
    /// @param body the example's body
    record Described(
            String id,
            String tag,
            String summary,
            @Nullable String description,
            @Nullable Map<String, String> answers,
            int @Nullable [] problems,
            @Nullable List<String> optional,
            @Nullable Map<String, JsonNode> parameters,
            @Nullable String consumes,
            @Nullable JsonNode body) {}

    static Reference load() {
        try (InputStream in =
                Objects.requireNonNull(
                        Reference.class.getResourceAsStream("/openapi/reference.yaml"))) {
            Object yaml = new Yaml(new SafeConstructor(new LoaderOptions())).load(in);
            return JsonMapper.shared().convertValue(yaml, Reference.class);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Nullable String field(String schema, String name) {
        return fields.getOrDefault(schema + "." + name, fields.get(name));
    }
}
