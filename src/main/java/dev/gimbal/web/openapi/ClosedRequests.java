package dev.gimbal.web.openapi;

import io.swagger.v3.oas.models.OpenAPI;
import io.swagger.v3.oas.models.media.Schema;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Says of every object in a request that it takes no other fields, as the service does.
final class ClosedRequests {
    private static final String PLACE = "#/components/schemas/";

    private final OpenAPI document;
    private final Set<String> closed = new HashSet<>();

    ClosedRequests(OpenAPI document) {
        this.document = document;
    }

    void close() {
        document.getPaths().values().stream()
                .flatMap(item -> item.readOperations().stream())
                .flatMap(operation -> Optional.ofNullable(operation.getRequestBody()).stream())
                .flatMap(body -> body.getContent().values().stream())
                .forEach(media -> close(media.getSchema()));
    }

    private void close(@Nullable Schema<?> schema) {
        if (schema == null) {
            return;
        }
        String reference = schema.get$ref();
        if (reference != null) {
            String name = reference.substring(PLACE.length());
            if (closed.add(name)) {
                Schema<?> named = document.getComponents().getSchemas().get(name);
                if (named != null && named.getProperties() != null) {
                    named.setAdditionalProperties(false);
                }
                close(named);
            }
        }
        Stream.of(
                        Optional.ofNullable(schema.getProperties()).stream()
                                .flatMap(properties -> properties.values().stream()),
                        Stream.ofNullable(schema.getItems()),
                        Stream.ofNullable(schema.getAdditionalProperties())
                                .filter(Schema.class::isInstance)
                                .map(Schema.class::cast))
                .flatMap(part -> part)
                .forEach(this::close);
    }
}
