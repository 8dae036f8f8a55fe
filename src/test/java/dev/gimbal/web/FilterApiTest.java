package dev.gimbal.web;

import static dev.gimbal.web.Service.base64;
import static dev.gimbal.web.Service.png;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.function.IntPredicate;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

/// Filters over HTTP, on ovals whose attribute `n` is their number.
class FilterApiTest {
    private static final Service SERVICE = Service.shared();
    private static final String OVALS = "/v1/collections/filtered";
    private static final int ITEMS = 120;
    private static final String QUERY =
            "\"query\":[{\"image\":\"" + base64(png("square", 1)) + "\"}]";

    @BeforeAll
    static void ovals() {
        SERVICE.ovals("filtered", ITEMS);
    }

    @Test
    void theAnswerIsFullAtAnySelectivity() {
        List<String> all = ids(query(ITEMS, "{}"));
        assertThat(all).hasSize(ITEMS);
        assertFiltered(all, "{\"n\":7}", n -> n == 7);
        assertFiltered(all, "{\"n\":{\"gte\":10,\"lt\":13}}", n -> n >= 10 && n < 13);
        assertFiltered(all, "{\"n\":{\"in\":[1,5,500]}}", n -> n == 1 || n == 5);
        assertFiltered(all, "{\"n\":{\"exists\":false}}", _ -> false);
        assertFiltered(all, "{\"not\":{\"n\":{\"lte\":2}}}", n -> n > 2);
        assertFiltered(
                all,
                "{\"any\":[{\"n\":0},{\"all\":[{\"n\":{\"gt\":50}},{\"not\":{\"n\":{\"gte\":55.5}}}]}]}",
                n -> n == 0 || n > 50 && n < 56);
    }

    private static void assertFiltered(List<String> all, String filter, IntPredicate condition) {
        List<String> expected =
                all.stream()
                        .filter(id -> condition.test(Integer.parseInt(id.substring(5))))
                        .toList();
        assertThat(ids(query(ITEMS, filter))).as(filter).isEqualTo(expected);
        assertThat(ids(query(3, filter))).isEqualTo(expected.stream().limit(3).toList());
    }

    @Test
    void samplesTraversalsPlanesAndManipulationsStayWithinTheFilter() {
        String filter = ",\"k\":5,\"filter\":{\"n\":{\"lt\":6}}";
        assertWithin(post("/query", QUERY + filter + ",\"samples\":8").get("hits"));
        assertWithin(post("/query", QUERY + filter + ",\"samples\":8,\"exact\":true").get("hits"));
        JsonNode traversal = post("/traversals", QUERY + filter + ",\"factors\":[0],\"steps\":3");
        assertWithin(traversal.get("rest"));
        assertWithin(traversal.get("factors").get(0).get("steps").get(2).get("hits"));
        JsonNode plane = post("/planes", QUERY + filter + ",\"factors\":[0,1],\"steps\":2");
        assertThat(plane.toString()).contains("oval/").doesNotContain("oval/6", "oval/7");
        assertWithin(post("/manipulations", QUERY + filter + ",\"offsets\":{\"0\":1}").get("hits"));
    }

    @Test
    void anItemOutsideTheFilterIsNotExplained() {
        String body = QUERY + ",\"itemId\":\"oval/9\",\"filter\":{\"n\":{\"lt\":6}}";
        Service.Reply reply = SERVICE.post(OVALS + "/explanations", "{" + body + "}");
        assertThat(reply.status()).isEqualTo(422);
        assertThat(reply.json().get("field").stringValue()).isEqualTo("itemId");
        assertThat(post("/explanations", body.replace("oval/9", "oval/2")).has("explanation"))
                .isTrue();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "[]|filter|[]",
                "3|filter|3",
                "{'n':{}}|filter.n|{}",
                "{'n':{'like':'a%'}}|filter.n.like|like",
                "{'n':{'gte':null}}|filter.n.gte|null",
                "{'n':{'gte':true}}|filter.n.gte|true",
                "{'n':{'gte':NaN}}|filter.n.gte|NaN",
                "{'n':{'eq':1e999}}|filter.n.eq|Infinity",
                "{'n':{'eq':[1]}}|filter.n.eq|[1]",
                "{'n':[1]}|filter.n|[1]",
                "{'n':{'in':5}}|filter.n.in|5",
                "{'n':{'in':[1,{}]}}|filter.n.in[1]|{}",
                "{'n':{'exists':1}}|filter.n.exists|1",
                "{'any':{'n':1}}|filter.any|{'n':1}",
                "{'any':[{'n':1},7]}|filter.any[1]|7",
                "{'not':[{'n':1}]}|filter.not|[{'n':1}]",
                "{'n':'a\\u0000b'}|filter.n|'a\\u0000b'",
                "{'a\\ud800':1}||1",
            })
    void aFilterThatMakesNoSense(String filter, String field, String value) {
        Service.Reply reply = reply(filter.replace('\'', '"'));
        assertThat(reply.status()).as(reply.json().toString()).isBetween(400, 422);
        if (field != null) {
            assertThat(reply.json().get("field").stringValue()).isEqualTo(field);
            assertThat(reply.json().get("value").stringValue()).isEqualTo(value.replace('\'', '"'));
        }
    }

    @Test
    void aFilterTooDeepOrTooLargeIsRefused() {
        String deep = "{\"not\":".repeat(8) + "{\"n\":1}" + "}".repeat(8);
        assertThat(reply(deep).status()).isEqualTo(422);
        assertThat(reply(deep).json().get("value").stringValue()).isEqualTo("9 levels");
        assertThat(reply(deep.substring(7, deep.length() - 1)).status()).isEqualTo(200);
        String many = "{\"n\":{\"in\":[" + "1,".repeat(200) + "1]}}";
        assertThat(reply(many).json().get("value").stringValue()).isEqualTo("201 comparisons");
        assertThat(reply("{\"n\":\"" + "x".repeat(1001) + "\"}").status()).isEqualTo(422);
        assertThat(reply("{\"not\":".repeat(2000) + "{}" + "}".repeat(2000)).status())
                .isEqualTo(400);
    }

    @Test
    void sqlAndJsonPathInAFilterFindNothingAndBreakNothing() {
        for (String attack :
                List.of(
                        "n') OR TRUE --",
                        "n'::jsonb OR '1'='1",
                        "'; DROP TABLE item; --",
                        "$.n ? (@ > 0)",
                        "{n}",
                        ":filter0",
                        "?",
                        "%")) {
            String name = attack.replace("\"", "\\\"");
            for (String filter :
                    List.of(
                            "{\"%s\":1}",
                            "{\"%s\":{\"gt\":0}}",
                            "{\"%s\":{\"lt\":\"z\"}}",
                            "{\"n\":\"%s\"}",
                            "{\"n\":{\"gte\":\"%s\"}}",
                            "{\"n\":{\"has\":\"%s\"}}")) {
                assertThat(ids(query(ITEMS, filter.replace("%s", name)))).as(filter).isEmpty();
            }
        }
        assertThat(ids(query(ITEMS, "{}"))).hasSize(ITEMS);
    }

    private static void assertWithin(JsonNode hits) {
        assertThat(hits.size()).isEqualTo(5);
        hits.forEach(hit -> assertThat(hit.get("attributes").get("n").intValue()).isLessThan(6));
    }

    private static JsonNode post(String path, String body) {
        Service.Reply reply = SERVICE.post(OVALS + path, "{" + body + "}");
        assertThat(reply.status()).as(reply.json().toString()).isEqualTo(200);
        return reply.json();
    }

    private static Service.Reply reply(String filter) {
        return SERVICE.post(OVALS + "/query", "{" + QUERY + ",\"filter\":" + filter + "}");
    }

    private static JsonNode query(int k, String filter) {
        return post("/query", QUERY + ",\"k\":" + k + ",\"filter\":" + filter);
    }

    private static List<String> ids(JsonNode answer) {
        List<String> ids = new ArrayList<>();
        answer.get("hits").forEach(hit -> ids.add(hit.get("id").stringValue()));
        return ids;
    }
}
