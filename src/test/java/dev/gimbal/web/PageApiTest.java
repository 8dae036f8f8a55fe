package dev.gimbal.web;

import static dev.gimbal.web.Service.base64;
import static dev.gimbal.web.Service.png;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.gimbal.bundle.Manifest;
import dev.gimbal.bundle.ModelBundle;
import dev.gimbal.embedding.LoadedModels;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/// What the page at `/` needs beyond queries: where knobs stand, planes, traversals from turned
/// knobs, samples of items, pictures that may be kept, names of factors, and its own files.
class PageApiTest {
    private static final Service SERVICE = Service.shared();
    private static final String OVALS = "/v1/collections/ovals";

    @BeforeAll
    static void ovals() {
        SERVICE.ovals("ovals", 120);
    }

    private static String asked(String more) {
        return "{\"query\":[{\"image\":\"" + base64(png("square", 1)) + "\"}]" + more + "}";
    }

    private static JsonNode post(String call, String body) {
        Service.Reply reply = SERVICE.post(OVALS + call, body);
        assertThat(reply.status())
                .as(new String(reply.response().body(), StandardCharsets.UTF_8))
                .isEqualTo(200);
        return reply.json();
    }

    @Test
    void aSteerableQuerySaysWhereItStandsAndAnotherDoesNot() {
        JsonNode answer = post("/query", asked(""));
        JsonNode still = post("/manipulations", asked(",\"offsets\":{\"x\":0}"));
        assertThat(answer.path("z")).isEqualTo(still.path("z"));
        assertThat(post("/query", "{\"query\":[{\"itemId\":\"oval/1\"}]}").has("z")).isFalse();
    }

    @Test
    void aTraversalDepartsFromTurnedKnobs() {
        String offsets = ",\"offsets\":{\"x\":1.5}";
        JsonNode turned = post("/manipulations", asked(offsets + ",\"k\":3"));
        JsonNode traversal = post("/traversals", asked(offsets + ",\"k\":3,\"steps\":3"));
        assertThat(traversal.path("z")).isEqualTo(turned.path("moved"));
        assertThat(ids(traversal.path("rest"))).isEqualTo(ids(turned.path("hits")));
    }

    @Test
    void aPlaneCrossesTwoFactorsAndHoldsTheTraversalsOfBoth() {
        String sweep = ",\"steps\":3,\"k\":2,\"range\":[-1,1]";
        JsonNode plane = post("/planes", asked(sweep + ",\"factors\":[\"x\",\"2\"]"));
        assertThat(plane.path("across").path("name").asString()).isEqualTo("x");
        assertThat(plane.path("upwards").path("name").asString()).isEqualTo("size");
        assertThat(plane.path("rows").size()).isEqualTo(3);
        double z = plane.path("z").path(2).doubleValue();
        String up = ",\"offsets\":{\"2\":%s}".formatted((-1 * 0.5 - z) / 0.5);
        JsonNode lowest = post("/traversals", asked(sweep + up + ",\"factors\":[\"x\"]"));
        for (int step = 0; step < 3; step++) {
            JsonNode hits = lowest.path("factors").path(0).path("steps").path(step).path("hits");
            assertThat(ids(plane.path("rows").path(0).path(step))).isEqualTo(ids(hits));
        }
    }

    @Test
    void aTraversalIsSearchedInPartsBetweenWhichItsTimeCanRunOut() {
        Timer searches = SERVICE.bean(MeterRegistry.class).get("gimbal.search").timer();
        long before = searches.count();
        post("/traversals", asked(",\"steps\":50,\"k\":1"));
        assertThat(searches.count() - before)
                .as("150 points by 64 at most, and the query at rest")
                .isEqualTo(4);
    }

    private static ModelBundle named(ModelBundle bundle, Map<Integer, String> names) {
        Manifest manifest = bundle.manifest();
        return new ModelBundle(
                manifest.withLatentSpaces(
                        manifest.latentSpaces().stream().map(s -> s.named(names)).toList()),
                bundle.weights());
    }

    @Test
    void theSameBundleAgainBringsItsNamesAndKeepsTheOthers() {
        ModelBundle unnamed = named(TinyModels.hungry(5), Map.of(0, "z1", 1, "z2"));
        ModelBundle named = named(unnamed, Map.of(0, "size"));
        String model = "/v1/models/" + unnamed.fingerprint();
        SERVICE.install(unnamed);
        SERVICE.patch(model, "{\"factors\":{\"z2\":\"sweetness\"}}");
        for (ModelBundle again : List.of(named, unnamed)) {
            SERVICE.install(again);
            assertThat(SERVICE.get(model).json().toString()).contains("size", "sweetness");
            assertThat(
                            SERVICE.bean(LoadedModels.class)
                                    .find(unnamed.fingerprint())
                                    .orElseThrow()
                                    .manifest()
                                    .latentSpace("x2")
                                    .givenNames())
                    .as("in memory too")
                    .isEqualTo(Map.of(0, "size", 1, "sweetness"));
        }
    }

    @Test
    void aPlaneOfOtherThanTwoFactorsIsRefused() {
        assertProblem(SERVICE.post(OVALS + "/planes", asked("")), "factors");
        assertProblem(
                SERVICE.post(OVALS + "/planes", asked(",\"factors\":[\"x\",\"0\"]")), "factors[1]");
        assertProblem(
                SERVICE.post(OVALS + "/planes", asked(",\"factors\":[\"x\",\"y\"],\"steps\":200")),
                "steps");
        assertProblem(
                SERVICE.post(
                        OVALS + "/planes",
                        asked(",\"factors\":[\"x\",\"y\"],\"steps\":45,\"k\":1")),
                "steps");
        assertProblem(
                SERVICE.post(OVALS + "/traversals", asked(",\"offsets\":{\"x\":null}")), "offsets");
    }

    @Test
    void anExplanationFollowsTurnedKnobs() {
        JsonNode turned = post("/manipulations", asked(",\"offsets\":{\"y\":1},\"k\":1"));
        JsonNode best = turned.path("hits").path(0);
        String item = ",\"itemId\":\"" + best.path("id").asString() + "\"";
        JsonNode why = post("/explanations", asked(item + ",\"offsets\":{\"y\":1}"));
        assertThat(why.path("explanation").path("score").doubleValue())
                .isCloseTo(best.path("score").doubleValue(), within(1e-3));
    }

    @Test
    void aSampleIsRandomAndFollowsItsSeed() {
        JsonNode sample = SERVICE.get(OVALS + "/items?sample=20&seed=3").json().path("items");
        assertThat(ids(sample)).hasSize(20).doesNotHaveDuplicates();
        assertThat(ids(SERVICE.get(OVALS + "/items?sample=20&seed=3").json().path("items")))
                .isEqualTo(ids(sample));
        assertThat(ids(SERVICE.get(OVALS + "/items?sample=20&seed=4").json().path("items")))
                .isNotEqualTo(ids(sample));
        assertThat(SERVICE.get(OVALS + "/items?sample=1000").json().path("items").size())
                .isEqualTo(120);
        assertProblem(SERVICE.get(OVALS + "/items?sample=0"), "sample");
    }

    @Test
    void aPictureMayBeKeptForGoodOnlyUnderItsHash() {
        JsonNode hit = post("/query", asked(",\"k\":1")).path("hits").path(0);
        String path = OVALS + "/items/payload?modality=oval&id=" + hit.path("id").asString();
        Service.Reply lasting = SERVICE.get(path + "&hash=" + hit.path("contentHash").asString());
        assertThat(lasting.header("Cache-Control")).contains("immutable", "private");
        assertThat(SERVICE.get(path).header("Cache-Control")).contains("no-cache");
        assertThat(SERVICE.get(path + "&hash=old").header("Cache-Control")).contains("no-cache");
        assertThat(lasting.header("Content-Security-Policy")).contains("sandbox");
    }

    @Test
    void aFactorIsRenamedAndTheModelStaysTheSame() {
        String model = "/v1/models/" + Service.OTHER_SPRITES_MODEL.fingerprint();
        try {
            JsonNode renamed =
                    patch(model, "{\"factors\":{\"x\":\"left to right\",\"2\":\"girth\"}}").json();
            assertThat(names(renamed)).containsExactly("left to right", "y", "girth");
            assertThat(names(SERVICE.get(model).json())).isEqualTo(names(renamed));
            assertThat(renamed.path("fingerprint").asString())
                    .isEqualTo(Service.OTHER_SPRITES_MODEL.fingerprint());
            SERVICE.put(
                    "/v1/collections/renamed",
                    "{\"model\":\"" + Service.OTHER_SPRITES_MODEL.fingerprint() + "\"}");
            SERVICE.upload("renamed", Service.ovalLine(1));
            String turned = asked(",\"offsets\":{\"girth\":1}");
            assertThat(SERVICE.post("/v1/collections/renamed/manipulations", turned).status())
                    .isEqualTo(200);
        } finally {
            patch(model, "{\"target\":\"oval\",\"factors\":{\"0\":\"x\",\"2\":\"size\"}}");
        }
    }

    @Test
    void aNameThatIsNoneOrTakenIsRefused() {
        String model = "/v1/models/" + Service.OTHER_SPRITES_MODEL.fingerprint();
        assertProblem(patch(model, "{\"factors\":{\"x\":\"  \"}}"), "factors.x");
        assertProblem(patch(model, "{\"factors\":{\"x\":null}}"), "factors.x");
        assertProblem(patch(model, "{\"factors\":{\"x\":\"a\\nb\"}}"), "factors.x");
        assertProblem(patch(model, "{\"factors\":{\"x\":\"y\"}}"), "factors");
        assertProblem(patch(model, "{\"factors\":{\"colour\":\"red\"}}"), "factors.colour");
        assertProblem(patch(model, "{\"factors\":{}}"), "factors");
        assertProblem(patch(model, "{\"target\":\"circle\",\"factors\":{\"x\":\"a\"}}"), "target");
        assertThat(patch("/v1/models/none", "{\"factors\":{\"x\":\"a\"}}").status()).isEqualTo(404);
    }

    @Test
    void thePageComesWithAPolicyThatAllowsOnlyItsOwnFiles() {
        Service.Reply page = SERVICE.get("/");
        assertThat(page.status()).isEqualTo(200);
        assertThat(page.header("Content-Type")).startsWith("text/html");
        assertThat(page.header("Content-Security-Policy"))
                .contains("default-src 'self'", "frame-ancestors 'none'")
                .doesNotContain("unsafe");
        assertThat(page.header("X-Content-Type-Options")).isEqualTo("nosniff");
        assertThat(page.header("Cache-Control")).isEqualTo("no-cache");
        assertThat(SERVICE.get("/js/main.js").header("Content-Type")).contains("javascript");
    }

    private static Service.Reply patch(String path, String json) {
        return SERVICE.reply(
                SERVICE.request(path)
                        .header("Content-Type", "application/json")
                        .method("PATCH", BodyPublishers.ofString(json)));
    }

    private static void assertProblem(Service.Reply reply, String field) {
        assertThat(reply.status()).isEqualTo(422);
        assertThat(reply.json().path("field").asString("")).isEqualTo(field);
    }

    private static List<String> names(JsonNode model) {
        List<String> names = new ArrayList<>();
        model.path("latentSpaces")
                .path(0)
                .path("factors")
                .forEach(f -> names.add(f.path("name").asString()));
        return names;
    }

    private static List<String> ids(JsonNode hits) {
        List<String> ids = new ArrayList<>();
        hits.forEach(hit -> ids.add(hit.path("id").asString()));
        return ids;
    }
}
