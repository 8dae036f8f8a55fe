package dev.gimbal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gimbal.dataset.Example;
import dev.gimbal.dataset.ImageWriter;
import dev.gimbal.dataset.Modality;
import dev.gimbal.dataset.Split;
import dev.gimbal.dataset.Sprites;
import dev.gimbal.dataset.Value;
import dev.gimbal.dataset.plates.PlateSizes;
import dev.gimbal.dataset.plates.Plates;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.Base64;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// A stranger's first minute: a fresh home, the bundled model, a picture of a square.
class FirstStartTest {
    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final Sprites SPRITES = new Sprites(1);
    private static final Plates PLATES = new Plates(PlateSizes.STANDARD, 1);
    private static final HttpClient CLIENT = HttpClient.newHttpClient();

    @Test
    void aSquareFindsTheOvalAtItsPlaceAndSize() throws Exception {
        int found = 0;
        int asked = 100;
        for (int i = 0; i < asked; i++) {
            Example pair = SPRITES.example(Split.TEST, i);
            JsonNode hits = post("ovals", "query", body(pair, 10)).path("hits");
            assertThat(ids(hits)).contains(pair.id());
            found += hits.path(0).path("id").asString().equals(pair.id()) ? 1 : 0;
        }
        assertThat(found).isGreaterThanOrEqualTo(90);
    }

    @Test
    void aPictureFindsItsRecipeAndARecipeItsPicture() throws Exception {
        int found = 0;
        int asked = 50;
        for (int i = 0; i < asked; i++) {
            Example plate = PLATES.example(Split.TEST, i);
            Map<String, String> picture =
                    Map.of("image", png(plate.values().get("picture"), PLATES.modality("picture")));
            Map<String, String> recipe =
                    Map.of("text", ((Value.Text) plate.values().get("recipe")).text());
            for (Map<String, String> part : List.of(picture, recipe)) {
                String body = JSON.writeValueAsString(Map.of("query", List.of(part), "k", 10));
                Set<String> ids = ids(post("plates", "query", body).path("hits"));
                found += ids.contains(plate.id()) ? 1 : 0;
            }
        }
        assertThat(found).isGreaterThanOrEqualTo(95);
    }

    @Test
    void eachKnobMovesOneFactorAndHoldsTheOthers() throws Exception {
        Example pair = SPRITES.example(Split.TEST, 7);
        String body = body(pair, 1).replaceFirst("\\{", "{\"steps\":9,\"span\":\"percentiles\",");
        JsonNode factors = post("ovals", "traversals", body).path("factors");
        assertThat(factors.size()).isEqualTo(3);
        Set<String> moved = new HashSet<>();
        for (JsonNode factor : factors) {
            String most = "";
            double widest = 0;
            for (String name : new String[] {"scale", "x", "y"}) {
                double spread = spread(factor.path("steps"), name);
                if (spread > widest) {
                    widest = spread;
                    most = name;
                }
            }
            moved.add(most);
        }
        assertThat(moved).containsExactlyInAnyOrder("scale", "x", "y");
    }

    /// Range of an attribute of the first hits, in units of its whole range.
    private static double spread(JsonNode steps, String name) {
        double low = Double.POSITIVE_INFINITY;
        double high = Double.NEGATIVE_INFINITY;
        for (JsonNode step : steps) {
            double value = step.path("hits").path(0).path("attributes").path(name).asDouble();
            low = Math.min(low, value);
            high = Math.max(high, value);
        }
        return (high - low) / (name.equals("scale") ? 0.5 : 1);
    }

    private static Set<String> ids(JsonNode hits) {
        Set<String> ids = new HashSet<>();
        hits.forEach(hit -> ids.add(hit.path("id").asString()));
        return ids;
    }

    private static String body(Example pair, int k) {
        String png = png(pair.values().get("square"), SPRITES.modality("square"));
        return "{\"query\":[{\"image\":\"%s\"}],\"k\":%d}".formatted(png, k);
    }

    private static String png(Value value, Modality modality) {
        byte[] png = ImageWriter.png(value.numbers(), modality);
        return Base64.getEncoder().encodeToString(png);
    }

    private static JsonNode post(String collection, String call, String body)
            throws IOException, InterruptedException {
        HttpResponse<String> response =
                CLIENT.send(
                        HttpRequest.newBuilder(
                                        URI.create(
                                                ExampleService.address()
                                                        + "/v1/collections/"
                                                        + collection
                                                        + "/"
                                                        + call))
                                .header("Content-Type", "application/json")
                                .POST(HttpRequest.BodyPublishers.ofString(body))
                                .build(),
                        HttpResponse.BodyHandlers.ofString());
        assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
        return JSON.readTree(response.body());
    }
}
