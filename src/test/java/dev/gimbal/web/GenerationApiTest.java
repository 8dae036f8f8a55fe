package dev.gimbal.web;

import static dev.gimbal.web.Service.base64;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.gimbal.bundle.ModelBundle;
import dev.gimbal.dataset.DatasetOptions;
import dev.gimbal.dataset.Datasets;
import dev.gimbal.dataset.ImageReader;
import dev.gimbal.dataset.ImageWriter;
import dev.gimbal.dataset.MultimodalDataset;
import dev.gimbal.dataset.Split;
import dev.gimbal.dataset.Value;
import dev.gimbal.embedding.Embedder;
import dev.gimbal.embedding.LoadedModels;
import dev.gimbal.embedding.Posterior;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

/// Families that draw, over HTTP: what is missing is drawn, and any subset of modalities is a
/// query.
class GenerationApiTest {
    private static final Service SERVICE = Service.shared();
    private static final int ITEMS = 40;
    private static final String PATH =
            "/v1/models/" + Service.DMVAE_MODEL.fingerprint() + "/generations";

    private static final MultimodalDataset DIGITS =
            Datasets.of("digits")
                    .open(
                            new DatasetOptions(
                                    1, Map.of("train", "20", "validation", "20", "test", "40")));

    @BeforeAll
    static void collections() {
        for (ModelBundle bundle : List.of(Service.DMVAE_MODEL, Service.MMVAE_MODEL)) {
            String name = bundle.manifest().name();
            SERVICE.put("/v1/collections/" + name, "{\"model\":\"" + bundle.fingerprint() + "\"}");
            StringBuilder lines = new StringBuilder();
            for (int i = 0; i < ITEMS; i++) {
                lines.append(
                        "{\"id\":\"digit/%d\",\"values\":{\"street\":{\"image\":\"%s\"}}}\n"
                                .formatted(i, base64(png("street", i))));
            }
            SERVICE.upload(name, lines.toString());
        }
    }

    @Test
    void aStreetNumberIsDrawnFromAWrittenDigit() throws IOException {
        JsonNode answer =
                SERVICE.post(PATH, "{\"inputs\":[%s],\"variants\":3}".formatted(written(0))).json();

        assertThat(answer.get("target").stringValue()).isEqualTo("street");
        assertThat(answer.get("variants")).hasSize(3);
        for (JsonNode variant : answer.get("variants")) {
            BufferedImage image = image(variant);
            assertThat(image.getWidth()).isEqualTo(32);
            assertThat(image.getRaster().getNumBands()).isEqualTo(3);
            assertThat(variant.get("own")).hasSize(2);
        }
        assertThat(answer.get("variants").get(0)).isNotEqualTo(answer.get("variants").get(1));
    }

    @Test
    void theSeedDecidesTheStyles() {
        String body = "{\"inputs\":[%s],\"variants\":2,\"seed\":%d}";

        JsonNode once = SERVICE.post(PATH, body.formatted(written(0), 5)).json();

        assertThat(SERVICE.post(PATH, body.formatted(written(0), 5)).json()).isEqualTo(once);
        assertThat(SERVICE.post(PATH, body.formatted(written(0), 6)).json()).isNotEqualTo(once);
    }

    @Test
    void oneEntryOfTheStyleRunsThroughItsRangeWhileTheOthersStay() {
        JsonNode variants =
                SERVICE.post(
                                PATH,
                                "{\"inputs\":[%s],\"variants\":3,\"step\":1,\"range\":[-1,3],\"own\":{\"0\":0.25}}"
                                        .formatted(written(0)))
                        .json()
                        .get("variants");

        for (int i = 0; i < 3; i++) {
            assertThat(variants.get(i).get("own").get(0).doubleValue()).isEqualTo(0.25);
            assertThat(variants.get(i).get("own").get(1).doubleValue()).isEqualTo(-1 + 2 * i);
        }
    }

    @Test
    void aKnobOfTheSharedLatentIsTurnedBeforeDrawing() {
        String body = "{\"inputs\":[%s],\"offsets\":{\"z2\":%s}}";

        double rest = z(SERVICE.post(PATH, body.formatted(written(0), "0")), 1);

        // the factor's deviation is 0.5
        assertThat(z(SERVICE.post(PATH, body.formatted(written(0), "3")), 1))
                .isCloseTo(rest + 1.5, within(1e-5));
    }

    @Test
    void severalModalitiesTogetherAreOneBelief() {
        JsonNode answer =
                SERVICE.post(
                                PATH,
                                "{\"inputs\":[%s,%s],\"target\":\"street\"}"
                                        .formatted(written(0), street(3)))
                        .json();

        Map<String, Value> both =
                Map.of("written", value("written", 0), "street", value("street", 3));
        float[] expected = embedder(Service.DMVAE_MODEL).infer("street", both).mean();
        for (int j = 0; j < expected.length; j++) {
            assertThat(answer.get("z").get(j).doubleValue()).isCloseTo(expected[j], within(1e-4));
        }
    }

    @Test
    void theLatentOfAQueryIsDrawnFromAsItsInputsAre() {
        JsonNode answer =
                SERVICE.post(
                                "/v1/collections/"
                                        + Service.DMVAE_MODEL.manifest().name()
                                        + "/query",
                                "{\"query\":[%s],\"target\":\"street\"}".formatted(written(0)))
                        .json();
        String rest = "\"target\":\"street\",\"variants\":2,\"offsets\":{\"z2\":1}}";

        JsonNode drawn = SERVICE.post(PATH, "{\"z\":%s,".formatted(answer.get("z")) + rest).json();

        JsonNode expected =
                SERVICE.post(PATH, "{\"inputs\":[%s],".formatted(written(0)) + rest).json();
        for (int j = 0; j < 4; j++) {
            assertThat(drawn.get("z").get(j).doubleValue())
                    .isCloseTo(expected.get("z").get(j).doubleValue(), within(1e-5));
        }
        assertThat(drawn.get("variants").get(1).get("own"))
                .isEqualTo(expected.get("variants").get(1).get("own"));
    }

    @Test
    void aCardSaysWhatItsModelDraws() {
        JsonNode drawing = SERVICE.get("/v1/models/" + Service.DMVAE_MODEL.fingerprint()).json();
        JsonNode other = SERVICE.get("/v1/models/" + Service.SPRITES_MODEL.fingerprint()).json();

        assertThat(drawing.get("generative").get("shared").intValue()).isEqualTo(4);
        assertThat(drawing.get("generative").get("own").get("street").intValue()).isEqualTo(2);
        assertThat(drawing.get("generative").get("own").get("written").intValue()).isZero();
        assertThat(other.has("generative")).isFalse();
    }

    @Test
    void aSheetShowsTheQueryAndEveryVariant() throws IOException {
        Service.Reply reply =
                SERVICE.reply(
                        SERVICE.request(PATH)
                                .header("Content-Type", "application/json")
                                .header("Accept", "image/png")
                                .POST(
                                        BodyPublishers.ofString(
                                                "{\"inputs\":[%s],\"variants\":5,\"step\":0}"
                                                        .formatted(written(0)))));

        assertThat(reply.status()).isEqualTo(200);
        BufferedImage sheet = ImageIO.read(new ByteArrayInputStream(reply.response().body()));
        assertThat(sheet.getHeight()).isGreaterThan(5 * 96);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "\"inputs\":[],\"target\":\"street\"|inputs",
                "\"z\":[1,2],\"target\":\"street\"|z",
                "\"z\":[1,2,1e39,4],\"target\":\"street\"|z[2]",
                "\"z\":[1,2,3,4],\"inputs\":[WRITTEN],\"target\":\"street\"|z",
                "\"z\":[1,2,3,4]|target",
                "\"z\":[1,2,3,4],\"target\":\"written\",\"variants\":2|variants",
                "\"inputs\":[WRITTEN],\"variants\":10000|variants",
                "\"inputs\":[WRITTEN],\"target\":\"speech\"|target",
                "\"inputs\":[WRITTEN,WRITTEN]|inputs[1]",
                "\"inputs\":[{\"vector\":[1,2],\"modality\":\"written\"}]|inputs[0].vector",
                "\"inputs\":[{\"text\":\"seven\"}]|inputs[0].modality",
                "\"inputs\":[{\"image\":\"AAAA\",\"modality\":\"speech\"}]|inputs[0].modality",
                "\"inputs\":[{\"image\":\"AAAA\",\"text\":\"seven\"}]|inputs[0]",
                "\"inputs\":[{\"modality\":\"written\"}]|inputs[0]",
                "\"inputs\":[null]|inputs[0]",
                "\"inputs\":[{\"itemId\":\"digit/3\"}]|inputs[0].itemId",
                "\"inputs\":[WRITTEN,{\"image\":\"AAAA\",\"itemId\":\"digit/3\"}]|inputs[1].itemId",
                "\"inputs\":[{\"image\":\"AAAA\",\"weight\":2}]|inputs[0].weight",
                "\"inputs\":[WRITTEN],\"step\":2|step",
                "\"inputs\":[WRITTEN],\"own\":{\"7\":1}|own.7",
                "\"inputs\":[WRITTEN],\"range\":[2,-2]|range",
                "\"inputs\":[WRITTEN],\"offsets\":{\"z9\":1}|offsets.z9",
                "\"inputs\":[WRITTEN],\"offsets\":{\"z1\":1e9}|offsets.z1"
            })
    void whatCannotBeDrawnIsRefusedByFieldAndValue(String body, String field) {
        Service.Reply reply = SERVICE.post(PATH, "{" + body.replace("WRITTEN", written(0)) + "}");

        assertThat(reply.status()).isEqualTo(422);
        assertThat(reply.json().get("field").stringValue()).isEqualTo(field);
    }

    @Test
    void aModelThatDoesNotDrawSaysSo() {
        Service.Reply reply =
                SERVICE.post(
                        "/v1/models/" + Service.SPRITES_MODEL.fingerprint() + "/generations",
                        "{\"inputs\":[{\"image\":\"%s\"}]}"
                                .formatted(base64(Service.png("square", 0))));

        assertThat(reply.status()).isEqualTo(422);
        assertThat(reply.json().get("detail").stringValue()).contains("rivae", "draws nothing");
    }

    @Test
    void twoModalitiesOfAQueryAreSearchedAsTheFamilysOwnBelief() {
        JsonNode hits =
                query(
                        Service.DMVAE_MODEL,
                        "{\"query\":[%s,%s],\"target\":\"street\",\"k\":40}"
                                .formatted(written(0), street(3)));

        Map<String, Value> both =
                Map.of("written", value("written", 0), "street", value("street", 3));
        Embedder model = embedder(Service.DMVAE_MODEL);
        requireScores(hits, model, List.of(model.infer("street", both).mean()));
    }

    @Test
    void aStoredValueOfTheTargetIsObservedAsTheSameValueSentAlongIs() {
        String sent = "{\"query\":[%s,%s],\"target\":\"street\",\"k\":40}";
        for (ModelBundle model : List.of(Service.DMVAE_MODEL, Service.MMVAE_MODEL)) {
            for (String item :
                    List.of(
                            "{\"itemId\":\"digit/3\"}",
                            "{\"itemId\":\"digit/3\",\"modality\":\"street\"}")) {
                assertThat(query(model, sent.formatted(item, written(0))))
                        .isEqualTo(query(model, sent.formatted(street(3), written(0))));
            }
        }
    }

    @Test
    void aStoredValueOfTheTargetAloneIsSearchedByItsOwnVector() {
        JsonNode hits =
                query(
                        Service.DMVAE_MODEL,
                        "{\"query\":[{\"itemId\":\"digit/3\"}],\"target\":\"street\",\"k\":40}");

        Embedder model = embedder(Service.DMVAE_MODEL);
        requireScores(hits, model, List.of(model.indexVector("street", value("street", 3))));
    }

    @Test
    void aMixtureIsSearchedComponentByComponent() {
        JsonNode hits =
                query(
                        Service.MMVAE_MODEL,
                        "{\"query\":[%s,%s],\"target\":\"street\",\"k\":40}"
                                .formatted(written(0), street(3)));

        Map<String, Value> both =
                Map.of("written", value("written", 0), "street", value("street", 3));
        Embedder model = embedder(Service.MMVAE_MODEL);
        List<Posterior> components = model.infer("street", both).components();
        assertThat(components).hasSize(2);
        requireScores(hits, model, components.stream().map(Posterior::mean).toList());
    }

    private static void requireScores(JsonNode hits, Embedder model, List<float[]> points) {
        Map<String, float[]> vectors = new TreeMap<>();
        for (int i = 0; i < ITEMS; i++) {
            vectors.put("digit/" + i, model.indexVector("street", value("street", i)));
        }
        CosineScores.require(hits, vectors, points);
    }

    private static JsonNode query(ModelBundle bundle, String body) {
        Service.Reply reply =
                SERVICE.post("/v1/collections/" + bundle.manifest().name() + "/query", body);
        assertThat(reply.status()).isEqualTo(200);
        return reply.json().get("hits");
    }

    private static double z(Service.Reply reply, int j) {
        return reply.json().get("z").get(j).doubleValue();
    }

    private static Embedder embedder(ModelBundle bundle) {
        return SERVICE.bean(LoadedModels.class).install(bundle);
    }

    private static String written(int i) {
        return "{\"image\":\"%s\",\"modality\":\"written\"}".formatted(base64(png("written", i)));
    }

    private static String street(int i) {
        return "{\"image\":\"%s\",\"modality\":\"street\"}".formatted(base64(png("street", i)));
    }

    private static byte[] png(String modality, int i) {
        return ImageWriter.png(
                DIGITS.value(Split.TEST, i, modality).numbers(), DIGITS.modality(modality));
    }

    /// As the service reads the PNG.
    private static Value value(String modality, int i) {
        return Value.of(ImageReader.read(png(modality, i), DIGITS.modality(modality)));
    }

    private static BufferedImage image(JsonNode variant) throws IOException {
        byte[] png = Base64.getDecoder().decode(variant.get("image").stringValue());
        return ImageIO.read(new ByteArrayInputStream(png));
    }
}
