package dev.gimbal.store;

import java.math.BigDecimal;
import java.util.List;
import tools.jackson.databind.JsonNode;

/// A condition on an item's attributes. It holds or it does not: an attribute that is absent, or of
/// another type than is compared with, meets no comparison, and so meets its negation.
public sealed interface Filter {

    /// The attribute is this string, number, boolean or null; numbers compare by value.
    record Equal(String attribute, JsonNode value) implements Filter {
        public Equal {
            Texts.require("an attribute's name", attribute);
            Attributes.require(attribute, value);
        }
    }

    /// The attribute is a list that holds this value.
    record Has(String attribute, JsonNode value) implements Filter {
        public Has {
            Texts.require("an attribute's name", attribute);
            Attributes.require(attribute, value);
        }
    }

    /// The attribute is there, whatever its value.
    record Exists(String attribute) implements Filter {
        public Exists {
            Texts.require("an attribute's name", attribute);
        }
    }

    /// How two values are compared.
    enum Comparison {
        LT("<"),
        LTE("<="),
        GT(">"),
        GTE(">=");

        private final String operator;

        Comparison(String operator) {
            this.operator = operator;
        }

        String operator() {
            return operator;
        }
    }

    /// The attribute is a number on that side of a bound.
    record NumberRange(String attribute, Comparison comparison, BigDecimal bound)
            implements Filter {
        public NumberRange {
            Texts.require("an attribute's name", attribute);
        }
    }

    /// The attribute is a text on that side of a bound, byte by byte: so that dates in ISO 8601
    /// compare as dates.
    record TextRange(String attribute, Comparison comparison, String bound) implements Filter {
        public TextRange {
            Texts.require("an attribute's name", attribute);
            Texts.require(attribute, bound);
        }
    }

    /// All hold; an empty list always does.
    record All(List<Filter> filters) implements Filter {
        public All {
            filters = List.copyOf(filters);
        }
    }

    /// At least one holds; of an empty list none does.
    record Any(List<Filter> filters) implements Filter {
        public Any {
            filters = List.copyOf(filters);
        }
    }

    /// The other does not hold.
    record Not(Filter filter) implements Filter {}
}
