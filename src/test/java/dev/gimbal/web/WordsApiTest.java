package dev.gimbal.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.gimbal.dataset.Value;
import dev.gimbal.embedding.Embedder;
import dev.gimbal.embedding.LoadedModels;
import dev.gimbal.family.Locus;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.List;
import java.util.Map;
import java.util.Random;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/// Items are pairs of vectors; their captions and numbers are made from where the model puts them
/// along its first factor, so that what a suggestion must find is known.
class WordsApiTest {
    private static final String WORDS = "/v1/collections/words";
    private static final String QUERY = "\"query\":[{\"itemId\":\"pair/1\"}]";
    private static final int ITEMS = 60;
    private static final Service SERVICE = Service.shared();

    @BeforeAll
    static void pairs() {
        SERVICE.put(WORDS, "{\"model\":\"" + Service.VECTORS_MODEL.fingerprint() + "\"}");
        Embedder embedder = SERVICE.bean(LoadedModels.class).install(Service.VECTORS_MODEL);
        Locus low = end(embedder, -1);
        Locus high = end(embedder, 1);
        Random random = new Random(1);
        StringBuilder lines = new StringBuilder();
        for (int i = 0; i < ITEMS; i++) {
            float[] x2 = gaussian(random, 5);
            float[] index = embedder.indexVector("x2", Value.of(x2));
            double side = high.score(index) - low.score(index);
            lines.append(
                    "{\"id\":\"pair/%d\",\"values\":{\"x1\":{\"vector\":%s},\"x2\":{\"vector\":%s}},\"attributes\":{\"caption\":\"%s on a plate\",\"sweetness\":%s}}\n"
                            .formatted(
                                    i,
                                    java.util.Arrays.toString(gaussian(random, 6)),
                                    java.util.Arrays.toString(x2),
                                    side > 0 ? "cake" : "stew",
                                    side));
        }
        SERVICE.upload("words", lines.toString());
    }

    private static Locus end(Embedder embedder, float first) {
        return embedder.locate("x2", List.of(new float[] {first, 0})).getFirst();
    }

    private static float[] gaussian(Random random, int size) {
        float[] values = new float[size];
        for (int i = 0; i < size; i++) {
            values[i] = (float) random.nextGaussian();
        }
        return values;
    }

    @Test
    void factorsAreDescribedByTheWordsAndNumbersThatChangeAlongThem() {
        JsonNode first = SERVICE.get(WORDS + "/factors").json().get("factors").get(0);

        assertThat(first.get("high").get(0).get("word").stringValue()).isEqualTo("cake");
        assertThat(first.get("low").get(0).get("word").stringValue()).isEqualTo("stew");
        assertThat(first.get("attributes").get(0).get("name").stringValue()).isEqualTo("sweetness");
        assertThat(first.get("attributes").get(0).get("correlation").doubleValue())
                .isGreaterThan(.3);
    }

    @Test
    void aNameThatWasGivenStays() {
        JsonNode first = SERVICE.get(WORDS + "/factors").json().get("factors").get(0);

        assertThat(first.get("named").booleanValue()).isTrue();
        assertThat(first.get("suggestion").stringValue()).isEqualTo("first");
    }

    @Test
    void cloudsNameWhatSetsEachEndApart() {
        JsonNode clouds =
                SERVICE.post(
                                WORDS + "/clouds",
                                "{" + QUERY + ",\"factors\":[\"first\"],\"k\":10,\"words\":3}")
                        .json()
                        .get("factors")
                        .get(0)
                        .get("clouds");

        assertThat(clouds.size()).isEqualTo(3);
        assertThat(clouds.get(0).get("words").get(0).get("word").stringValue()).isEqualTo("stew");
        assertThat(clouds.get(2).get("words").get(0).get("word").stringValue()).isEqualTo("cake");
        assertThat(clouds.get(2).get("words").get(0).get("logOdds").doubleValue()).isPositive();
    }

    @Test
    void cloudsAreDrawnWhereAPictureIsAskedFor() throws IOException {
        Service.Reply reply =
                SERVICE.reply(
                        SERVICE.request(WORDS + "/clouds")
                                .header("Content-Type", "application/json")
                                .header("Accept", "image/png")
                                .POST(BodyPublishers.ofString("{" + QUERY + "}")));

        assertThat(reply.status()).isEqualTo(200);
        assertThat(ImageIO.read(new ByteArrayInputStream(reply.response().body())).getWidth())
                .isEqualTo(10 + 3 * 310);
    }

    @Test
    void tooManyWordsAreRefused() {
        Service.Reply reply = SERVICE.post(WORDS + "/clouds", "{" + QUERY + ",\"words\":1000}");

        assertThat(reply.status()).isEqualTo(422);
        assertThat(reply.json().get("field").stringValue()).isEqualTo("words");
    }

    @Test
    void severalFactorsTurnAsOneKnob() {
        String combined =
                "\"combined\":[{\"name\":\"richness\",\"weights\":{\"first\":1,\"second\":-0.5}%s}]";
        JsonNode column =
                SERVICE.post(
                                WORDS + "/traversals",
                                "{" + QUERY + "," + combined.formatted("") + ",\"steps\":2}")
                        .json()
                        .get("factors")
                        .get(0);
        JsonNode manipulated =
                SERVICE.post(
                                WORDS + "/manipulations",
                                "{" + QUERY + "," + combined.formatted(",\"offset\":2") + "}")
                        .json();

        assertThat(column.get("name").stringValue()).isEqualTo("richness");
        assertThat(column.has("factor")).isFalse();
        assertThat(column.get("steps").get(1).get("deviations").doubleValue())
                .isCloseTo(2, within(1e-9));
        double[] moved = new double[2];
        for (int j = 0; j < 2; j++) {
            moved[j] =
                    manipulated.get("moved").get(j).doubleValue()
                            - manipulated.get("z").get(j).doubleValue();
        }
        // deviations are 0.5
        assertThat(moved[0]).isCloseTo(1, within(1e-6));
        assertThat(moved[1]).isCloseTo(-.5, within(1e-6));
    }

    @Test
    void anExampleOfEachModalityMixByTheSumOfTheirScores() {
        Embedder embedder = SERVICE.bean(LoadedModels.class).install(Service.VECTORS_MODEL);
        Value x1 = Value.of(1, 0, -1, 2, 0, 1);
        Value x2 = Value.of(0, 1, 1, -1, 2);
        Locus located =
                embedder.locate("x2", List.of(embedder.infer("x2", Map.of("x1", x1)).mean()))
                        .getFirst();
        float[] own = embedder.indexVector("x2", x2);

        JsonNode hits =
                SERVICE.post(
                                WORDS + "/query",
                                """
                                {"query":[{"vector":[1,0,-1,2,0,1],"weight":2},
                                          {"vector":[0,1,1,-1,2],"modality":"x2","weight":-0.5}],
                                 "target":"x2","k":5}\
                                """)
                        .json()
                        .get("hits");

        for (JsonNode hit : hits) {
            float[] index = stored(embedder, hit.get("id").stringValue());
            double expected = 2 * located.score(index) - .5 * located.similarity().of(own, index);
            assertThat(hit.get("score").doubleValue()).isCloseTo(expected, within(1e-4));
        }
    }

    private static float[] stored(Embedder embedder, String id) {
        byte[] payload =
                SERVICE.get(WORDS + "/items/payload?id=" + id + "&modality=x2").response().body();
        JsonNode vector = Service.JSON.readTree(payload);
        JsonNode numbers = vector.isArray() ? vector : vector.get("vector");
        float[] x2 = new float[5];
        for (int i = 0; i < 5; i++) {
            x2[i] = numbers.get(i).floatValue();
        }
        return embedder.indexVector("x2", Value.of(x2));
    }
}
