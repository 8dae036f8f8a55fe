package dev.gimbal.store;

import java.math.BigDecimal;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/// Attributes of items and other JSON, to and from `jsonb`.
final class Attributes {
    private static final JsonMapper MAPPER = JsonMapper.builder().build();

    /// `numeric` goes further, but then a short text becomes a very long number.
    private static final int MOST_DIGITS = 400;

    private Attributes() {}

    static String write(JsonNode node) {
        return MAPPER.writeValueAsString(node);
    }

    static JsonNode read(String json) {
        return MAPPER.readTree(json);
    }

    static ObjectNode readObject(String json) {
        return (ObjectNode) read(json);
    }

    /// Refuses what `jsonb` cannot hold.
    ///
    /// @throws IllegalArgumentException naming the path
    static void require(String path, JsonNode node) {
        if (node.isString()) {
            Texts.require(path, node.stringValue());
        } else if (node.isNumber()) {
            requireNumber(path, node);
        } else if (node.isObject()) {
            node.properties()
                    .forEach(p -> {
                        Texts.require(path + " (a key)", p.getKey());
                        require(path + "." + p.getKey(), p.getValue());
                    });
        } else if (node.isArray()) {
            for (int i = 0; i < node.size(); i++) {
                require(path + "[" + i + "]", node.get(i));
            }
        }
    }

    private static void requireNumber(String path, JsonNode node) {
        boolean finite = !node.isFloatingPointNumber() || Double.isFinite(node.doubleValue());
        BigDecimal value = finite ? node.decimalValue() : BigDecimal.ZERO;
        if (!finite || Math.abs((long) value.precision() - value.scale()) > MOST_DIGITS) {
            throw new IllegalArgumentException(path + " is not a finite number of sensible size");
        }
    }
}
