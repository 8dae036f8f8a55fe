package dev.gimbal.web;

import dev.gimbal.dataset.BadInputException;
import dev.gimbal.store.Filter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/// From the JSON of a filter to a [Filter].
///
///     filter     := { name: condition, ... }                all members hold
///     condition  := value | { operator: operand, ... }      all operators hold
///     operator   := eq | in | lt | lte | gt | gte | has | exists
///     also       := "all": [filter, ...] | "any": [filter, ...] | "not": filter
///
/// For one filter and one thread.
final class FilterReader {
    /// Deepest nesting of `all`, `any` and `not`.
    static final int DEEPEST = 8;

    /// Most comparisons of one filter.
    static final int MOST_COMPARISONS = 200;

    private static final int LONGEST_TEXT = 1000;

    private int comparisons;

    private FilterReader() {}

    /// The filter, or `null` where none is given or it holds for every item.
    static @Nullable Filter read(@Nullable JsonNode json, String field) {
        if (json == null || json.isNull()) {
            return null;
        }
        Filter filter = new FilterReader().filter(json, field, 1);
        return filter.equals(new Filter.All(List.of())) ? null : filter;
    }

    private Filter filter(JsonNode json, String field, int depth) {
        if (!json.isObject()) {
            throw new BadInputException(field, json, "a filter is an object");
        }
        if (depth > DEEPEST) {
            throw new BadInputException(
                    field, depth + " levels", "a filter is at most " + DEEPEST + " levels deep");
        }
        List<Filter> members = new ArrayList<>();
        for (Map.Entry<String, JsonNode> member : json.properties()) {
            String path = field + "." + member.getKey();
            JsonNode value = member.getValue();
            members.add(
                    switch (member.getKey()) {
                        case "all" -> new Filter.All(filters(value, path, depth));
                        case "any" -> new Filter.Any(filters(value, path, depth));
                        case "not" -> new Filter.Not(filter(value, path, depth + 1));
                        default -> condition(member.getKey(), value, path);
                    });
        }
        return together(members);
    }

    private List<Filter> filters(JsonNode json, String field, int depth) {
        return list(
                json,
                field,
                "a list of filters",
                (element, path) -> filter(element, path, depth + 1));
    }

    private Filter condition(String attribute, JsonNode json, String field) {
        requireShort(attribute, field);
        if (!json.isObject()) {
            return equal(attribute, json, field);
        }
        List<Filter> operators = new ArrayList<>();
        for (Map.Entry<String, JsonNode> operator : json.properties()) {
            String path = field + "." + operator.getKey();
            operators.add(operator(attribute, operator.getKey(), operator.getValue(), path));
        }
        if (operators.isEmpty()) {
            throw new BadInputException(field, "{}", "say how '" + attribute + "' compares");
        }
        return together(operators);
    }

    private Filter operator(String attribute, String name, JsonNode operand, String field) {
        return switch (name) {
            case "eq" -> equal(attribute, operand, field);
            case "in" ->
                    new Filter.Any(
                            list(
                                    operand,
                                    field,
                                    "a list of values",
                                    (element, path) -> equal(attribute, element, path)));
            case "has" -> {
                requireScalar(operand, field);
                yield built(field, operand, () -> new Filter.Has(attribute, operand));
            }
            case "exists" -> exists(attribute, operand, field);
            case "lt" -> range(attribute, Filter.Comparison.LT, operand, field);
            case "lte" -> range(attribute, Filter.Comparison.LTE, operand, field);
            case "gt" -> range(attribute, Filter.Comparison.GT, operand, field);
            case "gte" -> range(attribute, Filter.Comparison.GTE, operand, field);
            default ->
                    throw new BadInputException(
                            field,
                            name,
                            "unknown operator, known are eq, in, lt, lte, gt, gte, has and exists");
        };
    }

    private Filter equal(String attribute, JsonNode value, String field) {
        requireScalar(value, field);
        return built(field, value, () -> new Filter.Equal(attribute, value));
    }

    private Filter exists(String attribute, JsonNode operand, String field) {
        if (!operand.isBoolean()) {
            throw new BadInputException(field, operand, "exists is true or false");
        }
        Filter there = built(field, operand, () -> new Filter.Exists(attribute));
        return operand.booleanValue() ? there : new Filter.Not(there);
    }

    private Filter range(
            String attribute, Filter.Comparison comparison, JsonNode bound, String field) {
        requireScalar(bound, field);
        return built(
                field,
                bound,
                () -> {
                    if (bound.isNumber()) {
                        return new Filter.NumberRange(attribute, comparison, bound.decimalValue());
                    }
                    if (bound.isString()) {
                        return new Filter.TextRange(attribute, comparison, bound.stringValue());
                    }
                    throw new BadInputException(field, bound, "a bound is a number or a text");
                });
    }

    /// Counts a comparison, and tells a name or value that the database cannot hold by its field.
    private Filter built(String field, JsonNode value, Supplier<Filter> filter) {
        if (++comparisons > MOST_COMPARISONS) {
            throw new BadInputException(
                    field,
                    comparisons + " comparisons",
                    "a filter has at most " + MOST_COMPARISONS + " comparisons");
        }
        try {
            return filter.get();
        } catch (BadInputException e) {
            throw e;
        } catch (IllegalArgumentException e) {
            throw new BadInputException(field, value, String.valueOf(e.getMessage()));
        }
    }

    private static Filter together(List<Filter> filters) {
        return filters.size() == 1 ? filters.getFirst() : new Filter.All(filters);
    }

    private static List<Filter> list(
            JsonNode json,
            String field,
            String what,
            BiFunction<JsonNode, String, Filter> element) {
        if (!json.isArray()) {
            throw new BadInputException(field, json, "this takes " + what);
        }
        return IntStream.range(0, json.size())
                .mapToObj(i -> element.apply(json.get(i), field + "[" + i + "]"))
                .toList();
    }

    private static void requireScalar(JsonNode value, String field) {
        if (value.isObject() || value.isArray()) {
            throw new BadInputException(
                    field, value, "this compares with a text, a number, true, false or null");
        }
        if (value.isString()) {
            requireShort(value.stringValue(), field);
        }
        if (value.isFloatingPointNumber() && !Double.isFinite(value.doubleValue())) {
            throw new BadInputException(field, value.doubleValue(), "a number must be finite");
        }
    }

    private static void requireShort(String text, String field) {
        if (text.length() > LONGEST_TEXT) {
            throw new BadInputException(
                    field,
                    text,
                    "names and texts of a filter have at most " + LONGEST_TEXT + " characters");
        }
    }
}
