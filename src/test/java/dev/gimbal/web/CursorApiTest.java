package dev.gimbal.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/// Pages of one ranking, whatever is written between them.
class CursorApiTest {
    private static final Service SERVICE = Service.shared();
    private static final String QUERY = "/v1/collections/paged/query";

    @BeforeAll
    static void ovals() {
        SERVICE.ovals("paged", 40);
    }

    @Test
    void pagesTogetherAreTheWholeAnswer() {
        for (String more : List.of("", ",\"target\":\"any\"", ",\"samples\":3,\"seed\":5")) {
            String query =
                    "{\"query\":[{\"image\":\"%s\"}],\"exact\":true%s"
                            .formatted(Service.base64(Service.png("square", 3)), more);
            JsonNode whole = SERVICE.post(QUERY, query + ",\"k\":25}").json();
            List<JsonNode> pages = pages(query + ",\"k\":10,\"candidates\":25}");
            assertThat(pages).as(more).hasSize(3);
            // two calls of a model may differ in the last bits, by what else is in their batches
            assertThat(ids(pages)).as(more).isEqualTo(ids(List.of(whole)));
            assertThat(pages.getLast().get("hits").get(4).get("rank").intValue()).isEqualTo(25);
            assertThat(pages.getLast().get("hits").get(4).get("score").doubleValue())
                    .isCloseTo(whole.get("hits").get(24).get("score").doubleValue(), within(1e-3));
            for (String same : List.of("model", "collectionVersion", "target", "engine", "exact")) {
                assertThat(pages.getLast().get(same)).as(same).isEqualTo(whole.get(same));
            }
        }
    }

    @Test
    void writesBetweenPagesNeitherRepeatNorLoseAHit() {
        SERVICE.ovals("paged-written", 20);
        String own = "/v1/collections/paged-written";
        String query = "{\"query\":[{\"itemId\":\"oval/3\"}],\"k\":5,\"candidates\":20}";
        List<String> before = ids(pages(own, query));
        JsonNode first = SERVICE.post(own + "/query", query).json();

        SERVICE.put(own + "/items?id=new", Service.ovalLine(3).replace("oval/3", "new"));
        SERVICE.delete(own + "/items?id=" + before.get(7).replace("/", "%2F"));
        JsonNode second = next(own, first.get("cursor").stringValue(), ",\"k\":5").json();

        List<String> expected = new ArrayList<>(before.subList(5, 10));
        expected.remove(before.get(7));
        assertThat(ids(List.of(second))).isEqualTo(expected);
        assertThat(second.get("hits").get(2).get("rank").intValue()).isEqualTo(9);
        assertThat(second.get("collectionVersion")).isEqualTo(first.get("collectionVersion"));
    }

    @Test
    void aPageMayBeOfAnotherSizeAndReadAgain() {
        JsonNode first =
                SERVICE.post(
                                QUERY,
                                "{\"query\":[{\"itemId\":\"oval/3\"}],\"k\":2,\"candidates\":9}")
                        .json();
        String cursor = first.get("cursor").stringValue();
        JsonNode rest = next("/v1/collections/paged", cursor, ",\"k\":7").json();
        assertThat(rest.get("hits")).hasSize(7);
        assertThat(rest.has("cursor")).isFalse();
        assertThat(next("/v1/collections/paged", cursor, ",\"k\":7").json().get("hits"))
                .isEqualTo(rest.get("hits"));
    }

    @Test
    void aThresholdEndsThePages() {
        String query = "{\"query\":[{\"itemId\":\"oval/3\"}],\"k\":40}";
        JsonNode all = SERVICE.post(QUERY, query).json().get("hits");
        double threshold = all.get(6).get("score").doubleValue();
        List<JsonNode> pages =
                pages(
                        query.replace("\"k\":40", "\"k\":4,\"candidates\":40")
                                .replace("}]", "}],\"scoreThreshold\":" + threshold));
        assertThat(ids(pages)).hasSize(7);
    }

    @Test
    void whatMakesNoSenseIsRefusedByName() {
        Map<String, String> wrong =
                Map.of(
                        "{'query':[{'itemId':'oval/3'}],'k':5,'candidates':4}", "candidates",
                        "{'query':[{'itemId':'oval/3'}],'candidates':1001}", "candidates",
                        "{'query':[{'itemId':'oval/3'}],'cursor':'a'}", "cursor",
                        "{'cursor':'a','exact':true}", "cursor",
                        "{'cursor':'a','k':0}", "k");
        wrong.forEach((body, field) -> {
            Service.Reply reply = SERVICE.post(QUERY, body.replace('\'', '"'));
            assertThat(reply.status()).as(body).isEqualTo(422);
            assertThat(reply.json().get("field").stringValue()).as(body).isEqualTo(field);
        });
        Service.Reply batch =
                SERVICE.post(
                        "/v1/collections/paged/queries",
                        "[{\"query\":[{\"itemId\":\"oval/3\"}],\"candidates\":20}]");
        assertThat(batch.status()).isEqualTo(422);
        assertThat(batch.json().get("field").stringValue()).isEqualTo("[0].candidates");
    }

    @Test
    void aCursorEndsWithItsModel() {
        SERVICE.ovals("paged-moved", 12);
        String own = "/v1/collections/paged-moved";
        String cursor =
                SERVICE.post(
                                own + "/query",
                                "{\"query\":[{\"itemId\":\"oval/3\"}],\"k\":2,\"candidates\":9}")
                        .json()
                        .get("cursor")
                        .stringValue();
        Service.Reply moved =
                SERVICE.put(
                        own, "{\"model\":\"" + Service.OTHER_SPRITES_MODEL.fingerprint() + "\"}");
        SERVICE.await(moved.header("Location"));
        assertThat(next(own, cursor, "").status()).isEqualTo(409);
    }

    private static List<JsonNode> pages(String query) {
        return pages("/v1/collections/paged", query);
    }

    private static List<JsonNode> pages(String collection, String query) {
        List<JsonNode> pages = new ArrayList<>();
        int k = Service.JSON.readTree(query).get("k").intValue();
        pages.add(SERVICE.post(collection + "/query", query).json());
        while (pages.getLast().has("cursor")) {
            String cursor = pages.getLast().get("cursor").stringValue();
            pages.add(next(collection, cursor, ",\"k\":" + k).json());
        }
        return pages;
    }

    private static Service.Reply next(String collection, String cursor, String more) {
        return SERVICE.post(collection + "/query", "{\"cursor\":\"" + cursor + "\"" + more + "}");
    }

    private static List<String> ids(List<JsonNode> pages) {
        List<String> ids = new ArrayList<>();
        pages.forEach(
                page -> page.get("hits").forEach(hit -> ids.add(hit.get("id").stringValue())));
        return ids;
    }
}
