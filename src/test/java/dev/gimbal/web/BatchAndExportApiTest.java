package dev.gimbal.web;

import static dev.gimbal.web.Service.base64;
import static dev.gimbal.web.Service.png;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.gimbal.store.Database;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/// Queries of all modalities and in batches, and a collection as lines.
class BatchAndExportApiTest {
    private static final Service SERVICE = Service.shared();
    private static final String SQUARE =
            "\"query\":[{\"image\":\"" + base64(png("square", 2)) + "\",\"modality\":\"square\"}]";

    @Test
    void aBatchHasTheAnswersOfItsQueriesInTheirOrder() {
        SERVICE.ovals("batched", 40);
        String path = "/v1/collections/batched/";
        String body =
                IntStream.range(0, 10)
                        .mapToObj(i -> "{\"query\":[{\"itemId\":\"oval/" + i + "\"}],\"k\":3}")
                        .collect(Collectors.joining(",", "[", "]"));
        JsonNode answers = SERVICE.post(path + "queries", body).json().get("answers");
        assertThat(answers).hasSize(10);
        for (int i = 0; i < 10; i++) {
            String alone = "{\"query\":[{\"itemId\":\"oval/" + i + "\"}],\"k\":3}";
            assertThat(answers.get(i).get("hits"))
                    .isEqualTo(SERVICE.post(path + "query", alone).json().get("hits"));
        }
    }

    @Test
    void whatIsWrongInABatchIsToldWithItsPlace() {
        SERVICE.ovals("batched", 40);
        String path = "/v1/collections/batched/queries";
        String good = "{\"query\":[{\"itemId\":\"oval/1\"}]}";
        assertProblem(
                SERVICE.post(path, "[" + good + ",{\"query\":[{\"itemId\":\"a\"}],\"k\":0}]"),
                "[1].k");
        assertProblem(
                SERVICE.post(
                        path,
                        "[" + good + ",{\"query\":[{\"itemId\":\"oval/1\"}],\"target\":\"x\"}]"),
                "[1].target");
        assertProblem(SERVICE.post(path, "[null]"), "[0]");
        assertProblem(SERVICE.post(path, "[]"), "body");
        assertProblem(SERVICE.post(path, "[" + (good + ",").repeat(64) + good + "]"), "body");
    }

    @Test
    void allModalitiesAreFusedByRank() {
        both("fused", 30);
        String path = "/v1/collections/fused/query";
        JsonNode answer = SERVICE.post(path, "{" + SQUARE + ",\"target\":\"any\",\"k\":8}").json();
        assertThat(answer.get("target").stringValue()).isEqualTo("any");
        assertThat(answer.has("z")).isFalse();
        assertThat(answer.get("hits")).hasSize(8);
        Map<String, Integer> ovals = ranks(path, "oval");
        Map<String, Integer> squares = ranks(path, "square");
        double before = 1;
        for (JsonNode hit : answer.get("hits")) {
            String id = hit.get("id").stringValue();
            assertThat(hit.get("ranks").get("oval").intValue()).isEqualTo(ovals.get(id));
            assertThat(hit.get("ranks").get("square").intValue()).isEqualTo(squares.get(id));
            double score = 1.0 / (60 + ovals.get(id)) + 1.0 / (60 + squares.get(id));
            assertThat(hit.get("score").doubleValue()).isCloseTo(score, within(1e-12));
            assertThat(score).isLessThanOrEqualTo(before);
            before = score;
        }
    }

    @Test
    void anExportIngestedAgainIsTheSameCollection() {
        both("exported", 70);
        SERVICE.put(
                "/v1/collections/exported/items?id=dir%2F%C3%A9%20%22q%22",
                "{\"values\":{\"oval\":{\"image\":\"%s\"}},\"attributes\":{\"x\":[1.25,null,\"é\\n\"]}}"
                        .formatted(base64(png("oval", 99))));
        Service.Reply export = SERVICE.get("/v1/collections/exported/items/export");
        assertThat(export.status()).isEqualTo(200);
        assertThat(export.header("Content-Type")).startsWith("application/x-ndjson");
        String lines = new String(export.response().body(), StandardCharsets.UTF_8);
        assertThat(lines.lines().count()).isEqualTo(71);
        Map<String, JsonNode> before = items("exported");

        SERVICE.delete("/v1/collections/exported");
        both("exported", 0);
        JsonNode operation = SERVICE.upload("exported", lines);

        assertThat(operation.get("state").stringValue()).isEqualTo("SUCCEEDED");
        assertThat(items("exported")).isEqualTo(before).hasSize(71);
    }

    @Test
    void anExportOfNumbersIsExactToTheBit() {
        SERVICE.put("/v1/collections/bits", "{\"model\":\"tiny-vectors\"}");
        SERVICE.upload(
                "bits",
                "{\"id\":\"a\",\"values\":{\"x2\":{\"vector\":[0.1,-0.0,1e-45,3.4028235e38,0.33333334]}}}\n");
        Map<String, JsonNode> before = items("bits");
        byte[] lines = SERVICE.get("/v1/collections/bits/items/export").response().body();
        SERVICE.delete("/v1/collections/bits/items?id=a");
        SERVICE.upload("bits", new String(lines, StandardCharsets.UTF_8));
        assertThat(items("bits")).isEqualTo(before).hasSize(1);
    }

    @Test
    void anEmptyOrUnknownCollectionIsExportedAsWhatItIs() {
        SERVICE.put("/v1/collections/void", "{\"model\":\"tiny-vectors\"}");
        assertThat(SERVICE.get("/v1/collections/void/items/export").response().body()).isEmpty();
        assertThat(SERVICE.get("/v1/collections/nowhere/items/export").status()).isEqualTo(404);
    }

    @Test
    void anExportThatFailsOnTheWayDoesNotLookWhole() {
        SERVICE.put("/v1/collections/broken", "{\"model\":\"tiny-vectors\"}");
        String line =
                "{\"id\":\"%03d\",\"values\":{\"x2\":{\"vector\":[1,2,3,4,5]}},\"attributes\":{\"t\":\"%s\"}}";
        SERVICE.upload(
                "broken",
                IntStream.range(0, 100)
                        .mapToObj(i -> line.formatted(i, "x".repeat(3000)))
                        .collect(Collectors.joining("\n")));
        SERVICE.bean(Database.class)
                .jdbc()
                .sql(
                        """
                        UPDATE payload SET content = '\\x01'
                        WHERE item = (SELECT key FROM item WHERE external_id = '099')
                        """)
                .update();
        assertThatThrownBy(() -> SERVICE.get("/v1/collections/broken/items/export"))
                .as("one page is sent, the next one cannot be read")
                .isInstanceOf(UncheckedIOException.class);
        SERVICE.bean(Database.class)
                .jdbc()
                .sql("DELETE FROM item WHERE external_id < '099' AND length(external_id) = 3")
                .update();
        Client.Reply nothingSent = SERVICE.get("/v1/collections/broken/items/export");
        assertThat(nothingSent.status()).isEqualTo(500);
        assertThat(nothingSent.header("Content-Type")).isEqualTo("application/problem+json");
        SERVICE.delete("/v1/collections/broken");
    }

    private static void both(String name, int count) {
        SERVICE.put(
                "/v1/collections/" + name,
                "{\"model\":\"" + Service.SPRITES_MODEL.fingerprint() + "\"}");
        StringBuilder lines = new StringBuilder();
        for (int i = 0; i < count; i++) {
            lines.append(
                    "{\"id\":\"%d\",\"values\":{\"oval\":{\"image\":\"%s\"},\"square\":{\"image\":\"%s\"}}}\n"
                            .formatted(i, base64(png("oval", i)), base64(png("square", i))));
        }
        if (count > 0) {
            SERVICE.upload(name, lines.toString());
        }
    }

    private static Map<String, Integer> ranks(String path, String target) {
        String body = "{" + SQUARE + ",\"k\":100,\"target\":\"" + target + "\"}";
        Map<String, Integer> ranks = new TreeMap<>();
        SERVICE.post(path, body)
                .json()
                .get("hits")
                .forEach(h -> ranks.put(h.get("id").stringValue(), h.get("rank").intValue()));
        return ranks;
    }

    /// What is the same in both: ids, modalities, attributes and content hashes.
    private static Map<String, JsonNode> items(String collection) {
        Map<String, JsonNode> items = new TreeMap<>();
        SERVICE.get("/v1/collections/" + collection + "/items?limit=1000")
                .json()
                .get("items")
                .forEach(item ->
                        items.put(
                                item.get("id").stringValue(),
                                ((tools.jackson.databind.node.ObjectNode) item)
                                        .without(java.util.List.of("change", "updated"))));
        return items;
    }

    private static void assertProblem(Service.Reply reply, String field) {
        assertThat(reply.status()).as(reply.json().toString()).isEqualTo(422);
        assertThat(reply.json().get("field").stringValue()).isEqualTo(field);
    }
}
