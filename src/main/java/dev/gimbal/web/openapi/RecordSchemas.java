package dev.gimbal.web.openapi;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import io.swagger.v3.core.converter.AnnotatedType;
import io.swagger.v3.core.converter.ModelConverter;
import io.swagger.v3.core.converter.ModelConverterContext;
import io.swagger.v3.core.util.Json31;
import io.swagger.v3.oas.models.media.JsonSchema;
import io.swagger.v3.oas.models.media.Schema;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.Arrays;
import java.util.Iterator;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// Schemas of records as this service reads and writes them: a component is required unless it is
/// `@Nullable`, since nothing that is null is written, and free JSON is free. The library knows
/// neither.
///
/// Nested records are named after what they stand in, so that two of the same name stay two.
@Component
final class RecordSchemas implements ModelConverter {

    @Override
    public @Nullable Schema<?> resolve(
            AnnotatedType type, ModelConverterContext context, Iterator<ModelConverter> others) {
        Schema<?> ours = ours(type.getType(), context);
        if (ours != null) {
            return ours;
        }
        return others.hasNext() ? others.next().resolve(type, context, others) : null;
    }

    private static @Nullable Schema<?> ours(Type type, ModelConverterContext context) {
        Class<?> raw = Json31.mapper().constructType(type).getRawClass();
        if (raw.isRecord()) {
            Set<String> scalars = scalars(raw);
            return scalars.isEmpty() ? reference(raw, context) : typed(scalars);
        }
        if (JsonNode.class.isAssignableFrom(raw)) {
            return raw == ObjectNode.class ? object() : new JsonSchema();
        }
        return null;
    }

    private static Schema<?> reference(Class<?> type, ModelConverterContext context) {
        String name = name(type);
        if (!context.getDefinedModels().containsKey(name)) {
            Schema<?> schema = object();
            context.defineModel(name, schema);
            addProperties(schema, type, context);
        }
        Schema<?> reference = new JsonSchema();
        reference.set$ref("#/components/schemas/" + name);
        return reference;
    }

    private static void addProperties(
            Schema<?> schema, Class<?> type, ModelConverterContext context) {
        for (RecordComponent component : type.getRecordComponents()) {
            if (component.getAccessor().isAnnotationPresent(JsonUnwrapped.class)) {
                addProperties(schema, component.getType(), context);
                continue;
            }
            schema.addProperty(component.getName(), property(component.getGenericType(), context));
            if (!component.getAnnotatedType().isAnnotationPresent(Nullable.class)) {
                schema.addRequiredItem(component.getName());
            }
        }
    }

    /// Free JSON does not go through the library, which leaves it out. Of what does, the library
    /// hands out one object for all places; each gets its own words.
    private static Schema<?> property(Type type, ModelConverterContext context) {
        Schema<?> ours = ours(type, context);
        return ours != null ? ours : context.resolve(new AnnotatedType(type).resolveAsRef(true));
    }

    /// The JSON types of a record that is written as a single text or number.
    private static Set<String> scalars(Class<?> type) {
        return Arrays.stream(type.getDeclaredMethods())
                .filter(method -> method.isAnnotationPresent(JsonCreator.class))
                .map(method -> method.getParameterTypes()[0] == String.class ? "string" : "integer")
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static Schema<?> object() {
        return typed(Set.of("object"));
    }

    private static Schema<?> typed(Set<String> types) {
        Schema<?> schema = new JsonSchema();
        schema.setTypes(types);
        return schema;
    }

    private static String name(Class<?> type) {
        Class<?> around = type.getEnclosingClass();
        return around == null || around.getSimpleName().endsWith("Controller")
                ? type.getSimpleName()
                : around.getSimpleName() + type.getSimpleName();
    }
}
