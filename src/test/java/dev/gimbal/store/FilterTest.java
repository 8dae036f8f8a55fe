package dev.gimbal.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

class FilterTest {
    private static final List<String> ATTRIBUTES =
            List.of(
                    "{\"scale\":0.5,\"colour\":\"red\",\"tags\":[\"a\",\"b\"]}",
                    "{\"scale\":1,\"colour\":\"blue\",\"day\":\"2026-01-31\"}",
                    "{\"scale\":\"1\",\"colour\":null,\"tags\":\"a\"}",
                    "{\"scale\":[1],\"colour\":[\"red\"],\"day\":\"2026-11-02\"}",
                    "{}",
                    "{\"it's; DROP TABLE item --\":true,\"a.b\":1,\"$.x ? (@ > 1)\":2}");

    private final Store store = Store.shared();
    private final String collection = store.collection(Engine.EXACT);

    FilterTest() {
        List<ItemWrite> writes = new ArrayList<>();
        for (int i = 0; i < ATTRIBUTES.size(); i++) {
            writes.add(
                    new ItemWrite(
                            Integer.toString(i),
                            Map.of("a", new Payload.Text("text " + i)),
                            Store.json(ATTRIBUTES.get(i)),
                            List.of()));
        }
        store.items.upsert(collection, writes);
    }

    @Test
    void equalityIsOfValueAndType() {
        assertMatches(equal("scale", "1.0"), 1);
        assertMatches(equal("scale", "\"1\""), 2);
        assertMatches(equal("colour", "\"red\""), 0);
        assertMatches(equal("colour", "null"), 2);
        assertMatches(equal("day", "null"));
    }

    @Test
    void aListIsAskedForAnElement() {
        assertMatches(new Filter.Has("tags", json("\"b\"")), 0);
        assertMatches(new Filter.Has("scale", json("1")), 3);
        assertMatches(new Filter.Exists("tags"), 0, 2);
    }

    @Test
    void aRangeHoldsForItsOwnTypeOnly() {
        assertMatches(number("scale", Filter.Comparison.GTE, "0.5"), 0, 1);
        assertMatches(number("scale", Filter.Comparison.GT, "0.5"), 1);
        assertMatches(number("scale", Filter.Comparison.LT, "1e300"), 0, 1);
        assertMatches(new Filter.TextRange("scale", Filter.Comparison.LTE, "1"), 2);
        assertMatches(new Filter.TextRange("day", Filter.Comparison.LT, "2026-06"), 1);
    }

    @Test
    void aNegationHoldsExactlyWhereItsFilterDoesNot() {
        List<Filter> filters =
                List.of(
                        equal("colour", "\"red\""),
                        equal("nowhere", "1"),
                        number("scale", Filter.Comparison.LTE, "0.7"),
                        new Filter.TextRange("day", Filter.Comparison.GT, ""),
                        new Filter.Has("tags", json("\"a\"")),
                        new Filter.Exists("day"),
                        new Filter.All(List.of()),
                        new Filter.Any(List.of()));
        for (Filter filter : filters) {
            Set<UUID> both = new HashSet<>(matching(filter));
            Set<UUID> others = matching(new Filter.Not(filter));
            assertThat(both.size() + others.size()).isEqualTo(ATTRIBUTES.size());
            both.addAll(others);
            assertThat(both).as(filter.toString()).hasSize(ATTRIBUTES.size());
        }
    }

    @Test
    void filtersNest() {
        Filter red = equal("colour", "\"red\"");
        Filter dated = new Filter.Exists("day");
        assertMatches(new Filter.Any(List.of(red, dated)), 0, 1, 3);
        assertMatches(new Filter.All(List.of(new Filter.Not(red), dated)), 1, 3);
        assertMatches(new Filter.Not(new Filter.Any(List.of(red, dated))), 2, 4, 5);
    }

    @Test
    void sqlAndJsonPathInNamesAndValuesAreJustNamesAndValues() {
        assertMatches(equal("it's; DROP TABLE item --", "true"), 5);
        assertMatches(number("$.x ? (@ > 1)", Filter.Comparison.GT, "1"), 5);
        assertMatches(new Filter.Exists("a.b"), 5);
        for (String attack :
                List.of("') OR TRUE --", "\") OR (\"", ":filter0", "$.**", "?", "\\", "'::jsonb")) {
            assertMatches(new Filter.Exists(attack));
            assertMatches(equal("colour", new tools.jackson.databind.node.StringNode(attack)));
            assertMatches(new Filter.TextRange(attack, Filter.Comparison.GTE, attack));
        }
        assertThat(store.items.count(collection)).isEqualTo(ATTRIBUTES.size());
    }

    @Test
    void aNameThatTheDatabaseCannotHoldIsRefused() {
        assertThatThrownBy(() -> new Filter.Exists("a\0b"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("NUL");
    }

    private void assertMatches(Filter filter, int... items) {
        Set<UUID> expected = new HashSet<>();
        for (int item : items) {
            expected.add(ItemKey.of(collection, Integer.toString(item)));
        }
        assertThat(matching(filter)).as(filter.toString()).isEqualTo(expected);
    }

    private Set<UUID> matching(Filter filter) {
        return store.items.matching(collection, filter);
    }

    private static Filter equal(String attribute, String value) {
        return equal(attribute, json(value));
    }

    private static Filter equal(String attribute, JsonNode value) {
        return new Filter.Equal(attribute, value);
    }

    private static Filter number(String attribute, Filter.Comparison comparison, String bound) {
        return new Filter.NumberRange(attribute, comparison, new BigDecimal(bound));
    }

    private static JsonNode json(String value) {
        return Store.json("{\"v\":" + value + "}").get("v");
    }
}
