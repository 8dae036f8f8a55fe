package dev.gimbal.web;

import static dev.gimbal.web.Service.base64;
import static dev.gimbal.web.Service.ovalLine;
import static dev.gimbal.web.Service.png;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

class ItemsApiTest {
    private static final Service SERVICE = Service.shared();
    private static final String MODEL =
            "{\"model\":\"" + Service.SPRITES_MODEL.fingerprint() + "\"}";

    private static String made(String name) {
        assertThat(SERVICE.put("/v1/collections/" + name, MODEL).status()).isEqualTo(201);
        return "/v1/collections/" + name;
    }

    @Test
    void oneBadLineInTheMiddleIsReportedByNumberAndTheOthersAreKept() {
        String collection = made("one-bad-line");
        String lines =
                String.join(
                        "\n",
                        ovalLine(0),
                        "{\"id\":\"b\",\"values\":{\"oval\":{\"image\":\"aGVsbG8=\"}}}",
                        "",
                        "not json at all",
                        "{\"id\":\"c\",\"values\":{\"oval\":{\"vector\":[1,2]}}}",
                        "{\"id\":\"d\",\"values\":{\"oval\":{\"image\":\"\",\"colour\":1}}}",
                        ovalLine(1));
        JsonNode operation = SERVICE.upload("one-bad-line", lines);
        assertThat(operation.get("state").stringValue()).isEqualTo("SUCCEEDED");
        JsonNode result = operation.get("result");
        assertThat(result.get("written").intValue()).isEqualTo(2);
        assertThat(result.get("rejected").intValue()).isEqualTo(4);
        assertThat(result.get("errors"))
                .extracting(e -> e.get("line").intValue())
                .containsExactly(2, 4, 5, 6);
        assertThat(result.get("errors").get(0).get("field").stringValue()).isEqualTo("values.oval");
        assertThat(SERVICE.get(collection).json().get("items").intValue()).isEqualTo(2);
    }

    @Test
    void manyItemsTravelInSeveralBatches() {
        made("many");
        StringBuilder lines = new StringBuilder();
        for (int i = 0; i < 600; i++) {
            lines.append(ovalLine(i)).append('\n');
        }
        JsonNode operation = SERVICE.upload("many", lines.toString());
        assertThat(operation.get("result").get("written").intValue()).isEqualTo(600);
        assertThat(operation.get("done").intValue()).isEqualTo(600);
        JsonNode page = SERVICE.get("/v1/collections/many/items?limit=250").json();
        assertThat(page.get("items")).hasSize(250);
        assertThat(page.get("after").isString()).isTrue();
    }

    @Test
    void oneItemIsPutReadSearchedReplacedAndDeleted() {
        String items = made("single") + "/items";
        String value = "{\"values\":{\"oval\":{\"image\":\"%s\"}},\"attributes\":{\"a\":%d}}";
        byte[] png = png("oval", 4);
        Service.Reply put = SERVICE.put(items + "?id=a/b%20c", value.formatted(base64(png), 1));
        assertThat(put.status()).isEqualTo(200);
        assertThat(put.json().get("id").stringValue()).isEqualTo("a/b c");
        assertThat(SERVICE.get(items + "?id=a/b%20c").json().get("attributes").get("a").intValue())
                .isEqualTo(1);
        SERVICE.put(items + "?id=a/b%20c", value.formatted(base64(png), 2));
        JsonNode hits =
                SERVICE.post("/v1/collections/single/query", "{\"query\":[{\"itemId\":\"a/b c\"}]}")
                        .json()
                        .get("hits");
        assertThat(hits).hasSize(1);
        assertThat(hits.get(0).get("attributes").get("a").intValue()).isEqualTo(2);
        Service.Reply payload = SERVICE.get(items + "/payload?id=a/b%20c&modality=oval");
        assertThat(payload.response().body()).isEqualTo(png);
        assertThat(payload.header("Content-Type")).isEqualTo("image/png");
        assertThat(payload.header("X-Content-Type-Options")).isEqualTo("nosniff");
        assertThat(payload.header("Content-Security-Policy")).contains("sandbox");
        assertThat(payload.header("Content-Disposition")).startsWith("inline");
        assertThat(SERVICE.delete(items + "?id=a/b%20c").status()).isEqualTo(204);
        assertThat(SERVICE.get(items + "?id=a/b%20c").status()).isEqualTo(404);
        assertThat(SERVICE.delete(items + "?id=a/b%20c").status()).isEqualTo(404);
        assertThat(
                        SERVICE.post(
                                        "/v1/collections/single/query",
                                        "{\"query\":[{\"image\":\""
                                                + base64(png("square", 1))
                                                + "\"}]}")
                                .json()
                                .get("hits"))
                .isEmpty();
    }

    @Test
    void vectorPayloadsAreServedAsAttachments() {
        SERVICE.put("/v1/collections/vector-payload", "{\"model\":\"tiny-vectors\"}");
        SERVICE.put(
                "/v1/collections/vector-payload/items?id=v",
                "{\"values\":{\"x2\":{\"vector\":[1,2,3,4,5]}}}");
        Service.Reply payload =
                SERVICE.get("/v1/collections/vector-payload/items/payload?id=v&modality=x2");
        assertThat(payload.header("Content-Disposition")).startsWith("attachment");
        assertThat(payload.json()).hasSize(5);
    }

    @Test
    void anItemThatDoesNotFitIsRefusedWithFieldAndValue() {
        String items = made("refusals") + "/items?id=x";
        Service.Reply unknown = SERVICE.put(items, "{\"values\":{\"circle\":{\"vector\":[1]}}}");
        assertThat(unknown.status()).isEqualTo(422);
        assertThat(unknown.json().get("field").stringValue()).isEqualTo("values.circle");
        assertThat(SERVICE.put(items, "{}").json().get("field").stringValue()).isEqualTo("values");
        Service.Reply attribute =
                SERVICE.put(
                        items,
                        "{\"values\":{\"oval\":{\"image\":\"%s\"}},\"attributes\":{\"a\":NaN}}"
                                .formatted(base64(png("oval", 1))));
        assertThat(attribute.status()).isEqualTo(422);
        assertThat(attribute.json().get("field").stringValue()).isEqualTo("attributes");
        Service.Reply nul =
                SERVICE.put(
                        items,
                        "{\"values\":{\"oval\":{\"image\":\"%s\"}},\"attributes\":{\"a\":\"\\u0000\"}}"
                                .formatted(base64(png("oval", 1))));
        assertThat(nul.status()).isEqualTo(422);
    }

    @Test
    void anUploadOfBadLinesAloneIsCancelledOnRequest() {
        made("cancelled-bad-lines");
        String operation = SERVICE.submit("cancelled-bad-lines", "x\n".repeat(1_000_000));
        assertThat(SERVICE.delete(operation).status()).isEqualTo(202);
        JsonNode ended = SERVICE.await(operation);
        assertThat(ended.get("state").stringValue()).isEqualTo("CANCELLED");
        assertThat(ended.get("done").longValue()).isLessThan(1_000_000);
    }

    @Test
    void aModelThatDoesNotKnowTheCollectionsModalitiesIsRefused() {
        String collection = made("unknown-to-the-next-model");
        Service.Reply moved = SERVICE.put(collection, "{\"model\":\"tiny-vectors\"}");
        assertThat(moved.status()).isEqualTo(422);
        assertThat(moved.json().get("field").stringValue()).isEqualTo("model");
        assertThat(moved.json().get("detail").stringValue()).contains("[square, oval]");
        assertThat(SERVICE.get(collection).json().get("model").stringValue())
                .isEqualTo(Service.SPRITES_MODEL.fingerprint());
    }

    @Test
    void collectionsAreMadeOnceListedAndDeleted() {
        made("short-lived");
        assertThat(SERVICE.put("/v1/collections/short-lived", MODEL).status()).isEqualTo(200);
        assertThat(
                        SERVICE.put(
                                        "/v1/collections/short-lived",
                                        "{\"model\":\"%s\",\"engine\":\"pgvector\"}"
                                                .formatted(Service.SPRITES_MODEL.fingerprint()))
                                .status())
                .isEqualTo(409);
        assertThat(SERVICE.get("/v1/collections").json())
                .anyMatch(c -> c.get("name").stringValue().equals("short-lived"));
        assertThat(SERVICE.delete("/v1/collections/short-lived").status()).isEqualTo(204);
        assertThat(SERVICE.get("/v1/collections/short-lived").status()).isEqualTo(404);
    }

    @Test
    void anotherModelIsEmbeddedBesideTheOldOneAndThenAnswers() {
        String collection = made("moving");
        SERVICE.upload("moving", ovalLine(0) + "\n" + ovalLine(1));
        String other = Service.OTHER_SPRITES_MODEL.fingerprint();
        Service.Reply accepted = SERVICE.put(collection, "{\"model\":\"" + other + "\"}");
        assertThat(accepted.status()).isEqualTo(202);
        JsonNode operation = SERVICE.await(accepted.header("Location"));
        assertThat(operation.get("state").stringValue())
                .as(operation.toString())
                .isEqualTo("SUCCEEDED");
        JsonNode json =
                SERVICE.post(collection + "/query", "{\"query\":[{\"itemId\":\"oval/1\"}],\"k\":1}")
                        .json();
        assertThat(json.get("model").stringValue()).isEqualTo(other);
        assertThat(json.get("hits").get(0).get("id").stringValue()).isEqualTo("oval/1");
    }

    @Test
    void operationsAreStreamedAndFinishedOnesCannotBeCancelled() {
        made("streamed");
        Service.Reply accepted =
                SERVICE.reply(
                        SERVICE.request("/v1/collections/streamed/items")
                                .header("Content-Type", "application/x-ndjson")
                                .POST(BodyPublishers.ofString(ovalLine(0))));
        Service.Reply stream =
                SERVICE.reply(
                        SERVICE.request(accepted.header("Location"))
                                .header("Accept", "text/event-stream")
                                .GET());
        assertThat(new String(stream.response().body(), StandardCharsets.UTF_8))
                .contains("event:operation", "SUCCEEDED");
        Service.Reply late = SERVICE.delete(accepted.header("Location"));
        assertThat(late.status()).isEqualTo(409);
    }

    @Test
    void workThatWaitsOrRunsCanBeCancelled() {
        made("cancelled");
        StringBuilder lines = new StringBuilder();
        for (int i = 0; i < 2000; i++) {
            lines.append(ovalLine(i)).append('\n');
        }
        String last = "";
        for (int upload = 0; upload < 3; upload++) {
            last =
                    SERVICE.reply(
                                    SERVICE.request("/v1/collections/cancelled/items")
                                            .header("Content-Type", "application/x-ndjson")
                                            .POST(BodyPublishers.ofString(lines.toString())))
                            .header("Location");
        }
        assertThat(SERVICE.delete(last).status()).isEqualTo(202);
        assertThat(SERVICE.await(last).get("state").stringValue()).isEqualTo("CANCELLED");
    }

    @Test
    void modelsShowTheirCardsAndEmbed() {
        JsonNode models = SERVICE.get("/v1/models").json();
        assertThat(models).hasSizeGreaterThanOrEqualTo(3);
        JsonNode card = SERVICE.get("/v1/models/" + Service.SPRITES_MODEL.fingerprint()).json();
        assertThat(card.get("family").stringValue()).isEqualTo("rivae");
        assertThat(card.get("latentSpaces").get(0).get("factors").get(2).get("name").stringValue())
                .isEqualTo("size");
        assertThat(SERVICE.get("/v1/models/none").status()).isEqualTo(404);
        String inputs = "{\"inputs\":[{\"vector\":[1,2,3,4,5,6]}]%s}";
        JsonNode index =
                SERVICE.post("/v1/models/tiny-vectors/embeddings", inputs.formatted("")).json();
        assertThat(index.get("embeddings").get(0).get("vector")).hasSize(8);
        JsonNode latent =
                SERVICE.post(
                                "/v1/models/tiny-vectors/embeddings",
                                inputs.formatted(",\"kind\":\"latent\""))
                        .json();
        assertThat(latent.get("embeddings").get(0).get("mean")).hasSize(2);
    }

    @Test
    void anInputIsExactlyOneValueWithoutAWeight() {
        Map<String, String> refused =
                Map.of(
                        "{\"vector\":[1,2,3,4,5,6],\"text\":\"six\"}", "inputs[0]",
                        "{\"vector\":[1,2,3,4,5,6],\"itemId\":\"a\"}", "inputs[0].itemId",
                        "{\"vector\":[1,2,3,4,5,6],\"weight\":2}", "inputs[0].weight");
        refused.forEach((input, field) -> {
            Service.Reply reply =
                    SERVICE.post(
                            "/v1/models/tiny-vectors/embeddings", "{\"inputs\":[" + input + "]}");
            assertThat(reply.status()).isEqualTo(422);
            assertThat(reply.json().get("field").stringValue()).isEqualTo(field);
        });
    }

    @Test
    void aBenchmarkRunsInTheBackgroundAndIsKept() {
        String body = "{\"model\":\"%s\",\"dataset\":\"sprites\",\"size\":%d,\"draws\":2}";
        String model = Service.SPRITES_MODEL.fingerprint();
        Service.Reply none = SERVICE.post("/v1/benchmarks", body.formatted(model, 0));
        assertThat(none.status()).isEqualTo(422);
        assertThat(none.json().get("field").stringValue()).isEqualTo("size");
        Service.Reply accepted = SERVICE.post("/v1/benchmarks", body.formatted(model, 100));
        assertThat(accepted.status()).isEqualTo(202);
        JsonNode operation = SERVICE.await(accepted.header("Location"));
        assertThat(operation.get("state").stringValue())
                .as(operation.toString())
                .isEqualTo("SUCCEEDED");
        String id = accepted.json().get("benchmark").stringValue();
        JsonNode run = SERVICE.get("/v1/benchmarks/" + id).json();
        assertThat(run.get("model").stringValue()).isEqualTo(model);
        assertThat(run.get("metrics").isObject()).isTrue();
    }

    @Test
    void aBenchmarkUnderWayIsCancelledOnRequest() throws InterruptedException {
        String operation =
                SERVICE.post(
                                "/v1/benchmarks",
                                "{\"model\":\"%s\",\"dataset\":\"sprites\",\"size\":1000,\"draws\":50}"
                                        .formatted(Service.SPRITES_MODEL.fingerprint()))
                        .header("Location");
        while (!SERVICE.get(operation).json().get("state").stringValue().equals("RUNNING")) {
            Thread.sleep(5);
        }
        Thread.sleep(1000);
        assertThat(SERVICE.delete(operation).status()).isEqualTo(202);
        assertThat(SERVICE.await(operation).get("state").stringValue()).isEqualTo("CANCELLED");
    }

    @Test
    void healthAndMetricsAreThere() {
        assertThat(SERVICE.get("/livez").status()).isEqualTo(200);
        assertThat(SERVICE.get("/readyz").status()).isEqualTo(200);
        JsonNode health = SERVICE.management().get("/actuator/health").json().get("components");
        assertThat(health.has("database")).isTrue();
        assertThat(health.has("model")).isTrue();
        assertThat(health.has("index")).isTrue();
        SERVICE.ovals("ovals", 120);
        SERVICE.post("/v1/collections/ovals/query", "{\"query\":[{\"itemId\":\"oval/1\"}]}");
        String metrics =
                new String(
                        SERVICE.management().get("/actuator/prometheus").response().body(),
                        StandardCharsets.UTF_8);
        assertThat(metrics).contains("gimbal_search_seconds", "gimbal_fetch_seconds");
        assertThat(SERVICE.management().get("/actuator/env").status()).isEqualTo(404);
        assertThat(SERVICE.get("/actuator/health").status()).as("not here").isEqualTo(404);
    }
}
