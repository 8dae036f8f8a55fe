package dev.gimbal.web.openapi;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// Values that keep to a schema, most of them such as a caller might send, and texts that no caller
/// means well with.
final class FuzzValues {
    /// What may stand under a name, so that many requests go deeper than their first check.
    private static final Map<String, String> LIKELY =
            Map.ofEntries(
                    Map.entry(
                            "query",
                            "[[{'text':'soup'}],[{'itemId':'test-000000','modality':'picture'}],[{'text':'cake'},{'text':'salad','weight':-0.5}]]"),
                    Map.entry(
                            "inputs", "[[{'text':'soup'}],[{'text':'cake','modality':'recipe'}]]"),
                    Map.entry(
                            "filter",
                            "[{'dessert':5},{'fruit':{'gte':2,'lt':4}},{'not':{'grains':1}},{'any':[{'fruit':1},{'dessert':{'in':[1,2]}}]}]"),
                    Map.entry("values", "[{'recipe':{'text':'soup'}},{}]"),
                    Map.entry("attributes", "[{'dessert':3},{}]"),
                    Map.entry("model", "['plates-rivae','nowhere']"),
                    Map.entry("modality", "['picture','recipe','oval']"),
                    Map.entry("target", "['picture','recipe','any','oval']"),
                    Map.entry("itemId", "['test-000000','test-000001','nowhere']"),
                    Map.entry("factors", "[['greenness'],['greenness','fruit'],['0']]"),
                    Map.entry("offsets", "[{'greenness':1},{'fruit':-1.5,'0':0.5}]"),
                    Map.entry(
                            "combined",
                            "[[{'name':'a','weights':{'fruit':1,'grains':-1},'offset':1}]]"),
                    Map.entry("modalities", "[['picture'],['recipe','picture']]"),
                    Map.entry("collections", "[[],['fuzz']]"),
                    Map.entry("range", "[[-1,1],[5,95]]"),
                    Map.entry("span", "['deviations','percentiles']"),
                    Map.entry("steer", "['latent','offset']"),
                    Map.entry("kind", "['index','latent']"),
                    Map.entry("engine", "['exact','pgvector']"),
                    Map.entry("scope", "['read','write','admin']"),
                    Map.entry("dataset", "['sprites','nowhere']"),
                    Map.entry("k", "[1,2,5]"),
                    Map.entry("limit", "[1,3]"),
                    Map.entry("sample", "[1,3]"),
                    Map.entry("samples", "[0,2]"),
                    Map.entry("steps", "[2,3]"),
                    Map.entry("words", "[1,5]"),
                    Map.entry("queries", "[1,2]"),
                    Map.entry("size", "[10,20]"),
                    Map.entry("draws", "[1,2]"),
                    Map.entry("id", "['a','my/b','test-000000']"));

    static final List<String> NASTY =
            List.of(
                    " ",
                    "\0",
                    "../../../../etc/passwd",
                    "a/../b",
                    "' OR TRUE; DROP TABLE item; --",
                    "$.a[*] ? (@ > 0)",
                    "<script>alert(1)</script>",
                    "${jndi:ldap://127.0.0.1/a}",
                    "a\r\nX-Injected: yes",
                    "%00%2e%2e%2f",
                    "\u202egnp.exe",
                    "\ud83c\udf82",
                    "-1",
                    "1e400",
                    "NaN",
                    "99999999999999999999",
                    "true",
                    "null",
                    "[]",
                    "a".repeat(5000));

    private final Contract contract;
    private final Random random;

    FuzzValues(Contract contract, Random random) {
        this.contract = contract;
        this.random = random;
    }

    String nasty() {
        return pick(NASTY);
    }

    <T> T pick(List<T> values) {
        return values.get(random.nextInt(values.size()));
    }

    /// A value that keeps to the schema.
    JsonNode of(JsonNode schema, String name) {
        JsonNode whole = contract.resolved(schema);
        if (LIKELY.containsKey(name) && random.nextInt(5) > 0) {
            return pick(all(LIKELY.get(name)));
        }
        if (whole.has("enum")) {
            return pick(new ArrayList<>(whole.get("enum").values()));
        }
        JsonNodeFactory json = JsonNodeFactory.instance;
        return switch (type(whole)) {
            case "object" -> object(whole);
            case "array" -> array(whole.path("items"), name);
            case "string" ->
                    json.stringNode(random.nextBoolean() ? "a" + random.nextInt(9) : nasty());
            case "integer" -> json.numberNode(random.nextInt(-2, 12));
            case "number" -> json.numberNode(random.nextInt(-40, 40) / 8.0);
            case "boolean" -> json.booleanNode(random.nextBoolean());
            default -> pick(all("[1,'a',true,[],{},{'a':{'gt':1}},{'a':[1,'b']}]"));
        };
    }

    private static String type(JsonNode schema) {
        JsonNode type = schema.path("type");
        return type.isArray() ? type.get(0).asString() : type.asString("any");
    }

    private ObjectNode object(JsonNode schema) {
        ObjectNode object = JsonNodeFactory.instance.objectNode();
        List<String> required = new ArrayList<>();
        schema.path("required").forEach(name -> required.add(name.asString()));
        schema.path("properties")
                .properties()
                .forEach(property -> {
                    String name = property.getKey();
                    boolean needed = required.contains(name) || name.equals("query");
                    if (needed || random.nextInt(3) == 0) {
                        object.set(name, of(property.getValue(), name));
                    }
                });
        if (schema.path("additionalProperties").isObject()) {
            object.set(
                    pick(List.of("greenness", "fruit", "recipe", "0", nasty())),
                    of(schema.get("additionalProperties"), ""));
        }
        return object;
    }

    private ArrayNode array(JsonNode items, String name) {
        ArrayNode array = JsonNodeFactory.instance.arrayNode();
        for (int i = random.nextInt(4); i > 0; i--) {
            array.add(of(items, name + "[]"));
        }
        return array;
    }

    static List<JsonNode> all(String json) {
        return List.copyOf(FreshService.JSON.readTree(json.replace('\'', '"')).values());
    }
}
