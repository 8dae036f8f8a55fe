package dev.gimbal.store;

import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;

/// A [Filter] as a condition on `i.attributes`. The text holds nothing that the caller wrote: names
/// and values are parameters. No part of it is ever null, so that NOT means what it says.
///
/// Equality and lists are containment (`@>`), which the index `item_attributes` answers.
final class FilterSql {
    private final Map<String, Object> parameters = new LinkedHashMap<>();
    private final String condition;

    FilterSql(Filter filter) {
        condition = condition(filter);
    }

    String condition() {
        return condition;
    }

    Map<String, Object> parameters() {
        return parameters;
    }

    private String condition(Filter filter) {
        return switch (filter) {
            case Filter.Equal(String attribute, JsonNode value) -> contains(attribute, value);
            case Filter.Has(String attribute, JsonNode value) ->
                    contains(attribute, JsonNodeFactory.instance.arrayNode().add(value));
            case Filter.Exists(String attribute) ->
                    "jsonb_exists(i.attributes, CAST(%s AS text))".formatted(bound(attribute));
            case Filter.NumberRange(String attribute, var comparison, BigDecimal bound) ->
                    range(attribute, "number", "CAST(%s AS numeric)", comparison, bound);
            case Filter.TextRange(String attribute, var comparison, String bound) ->
                    range(attribute, "string", "%s COLLATE \"C\"", comparison, bound);
            case Filter.All(List<Filter> filters) -> joined(filters, " AND ", "TRUE");
            case Filter.Any(List<Filter> filters) -> joined(filters, " OR ", "FALSE");
            case Filter.Not(Filter inner) -> "NOT " + condition(inner);
        };
    }

    private String contains(String attribute, JsonNode value) {
        JsonNode object = JsonNodeFactory.instance.objectNode().set(attribute, value);
        return "(i.attributes @> CAST(%s AS jsonb))".formatted(bound(Attributes.write(object)));
    }

    private String joined(List<Filter> filters, String word, String ofNone) {
        return filters.isEmpty()
                ? ofNone
                : filters.stream().map(this::condition).collect(Collectors.joining(word, "(", ")"));
    }

    /// CASE decides the type first: AND may not, and a text that is no number would be an error.
    private String range(
            String attribute,
            String type,
            String conversion,
            Filter.Comparison comparison,
            Object bound) {
        String name = "CAST(" + bound(attribute) + " AS text)";
        return "(CASE WHEN jsonb_typeof(i.attributes -> %s) = '%s' THEN %s %s %s ELSE FALSE END)"
                .formatted(
                        name,
                        type,
                        conversion.formatted("(i.attributes ->> " + name + ")"),
                        comparison.operator(),
                        bound(bound));
    }

    /// The name of a parameter with this value.
    private String bound(Object value) {
        String name = "filter" + parameters.size();
        parameters.put(name, value);
        return ":" + name;
    }
}
