package dev.gimbal.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDManager;
import dev.gimbal.bundle.Bundles;
import dev.gimbal.bundle.ModelBundle;
import dev.gimbal.dataset.Value;
import dev.gimbal.embedding.Embedder;
import dev.gimbal.embedding.LoadedModels;
import dev.gimbal.embedding.Posterior;
import dev.gimbal.family.Family;
import dev.gimbal.family.Models;
import dev.gimbal.family.MultimodalVae;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import tools.jackson.databind.JsonNode;

/// Models of three modalities over HTTP, asked by one or two of them.
class ThreeModalitiesApiTest {
    private static final Service SERVICE = Service.shared();
    private static final Map<Family, ModelBundle> BUNDLES = new EnumMap<>(Family.class);
    private static final int ITEMS = 12;
    private static final float[] FIRST = {0.1f, -0.2f, 0.3f, 0.9f, -0.5f, 0.6f};
    private static final float[] SECOND = {0.7f, 0.1f, 0.4f, 0.2f, 0.9f};
    private static final String X1 = part("x1", FIRST);
    private static final String X2 = part("x2", SECOND);

    @BeforeAll
    static void collections() {
        for (Family family : Models.GENERATIVE) {
            ModelBundle bundle = made(family);
            BUNDLES.put(family, bundle);
            SERVICE.bean(dev.gimbal.store.Models.class).put(bundle);
            SERVICE.put(
                    "/v1/collections/three-" + family.id(),
                    "{\"model\":\"" + bundle.fingerprint() + "\"}");
            StringBuilder lines = new StringBuilder();
            for (int i = 0; i < ITEMS; i++) {
                lines.append(
                        "{\"id\":\"%d\",\"values\":{\"x3\":{\"vector\":%s}}}\n"
                                .formatted(i, Arrays.toString(third(i))));
            }
            SERVICE.upload("three-" + family.id(), lines.toString());
        }
    }

    private static ModelBundle made(Family family) {
        try (NDManager manager = NDManager.newBaseManager();
                MultimodalVae model = Models.three(family, manager, 1)) {
            return Bundles.of(model, "three-" + family.id());
        }
    }

    private static ModelBundle bundle(Family family) {
        return Objects.requireNonNull(BUNDLES.get(family));
    }

    /// MMVAE's mixture has a component for each of the two, MoPoE's one more.
    @ParameterizedTest
    @EnumSource(names = {"DMVAE", "MVAE", "MMVAE", "MOPOE"})
    void twoOfThreeModalitiesAreOneObservation(Family family) {
        Embedder model = SERVICE.bean(LoadedModels.class).install(bundle(family));
        Posterior belief = belief(model);
        List<float[]> points =
                belief.components().isEmpty()
                        ? List.of(belief.mean())
                        : belief.components().stream().map(Posterior::mean).toList();

        Service.Reply reply =
                query(family, "{\"query\":[%s,%s],\"target\":\"x3\",\"k\":12}".formatted(X1, X2));

        assertThat(points)
                .hasSize(
                        switch (family) {
                            case MMVAE -> 2;
                            case MOPOE -> 3;
                            default -> 1;
                        });
        assertThat(reply.status()).isEqualTo(200);
        requireScores(reply.json().get("hits"), model, points);
    }

    private static void requireScores(JsonNode hits, Embedder model, List<float[]> points) {
        Map<String, float[]> vectors = new TreeMap<>();
        for (int i = 0; i < ITEMS; i++) {
            vectors.put(String.valueOf(i), model.indexVector("x3", Value.of(third(i))));
        }
        CosineScores.require(hits, vectors, points);
    }

    @Test
    void anItemIsObservedByAllItsModalitiesButTheTargetOrByTheOneThatIsNamed() {
        String path = "/v1/collections/three-whole";
        SERVICE.put(path, "{\"model\":\"" + bundle(Family.DMVAE).fingerprint() + "\"}");
        SERVICE.upload(
                "three-whole",
                "{\"id\":\"0\",\"values\":{\"x1\":{\"vector\":%s},\"x2\":{\"vector\":%s},\"x3\":{\"vector\":%s}}}\n"
                        .formatted(
                                Arrays.toString(FIRST),
                                Arrays.toString(SECOND),
                                Arrays.toString(third(0))));
        Embedder model = SERVICE.bean(LoadedModels.class).install(bundle(Family.DMVAE));
        Map<String, float[]> vectors = Map.of("0", model.indexVector("x3", Value.of(third(0))));
        float[] named = model.infer("x3", Map.of("x2", Value.of(SECOND))).mean();
        String body = "{\"query\":[{\"itemId\":\"0\"%s}],\"target\":\"x3\"}";

        CosineScores.require(
                SERVICE.post(path + "/query", body.formatted("")).json().get("hits"),
                vectors,
                List.of(belief(model).mean()));
        CosineScores.require(
                SERVICE.post(path + "/query", body.formatted(",\"modality\":\"x2\""))
                        .json()
                        .get("hits"),
                vectors,
                List.of(named));
        // an offset is of one embedding: the first of the item's modalities speaks
        Service.Reply offset =
                SERVICE.post(
                        path + "/query",
                        body.formatted("").replace("}],", "}],\"steer\":\"offset\","));
        assertThat(offset.status()).isEqualTo(200);
    }

    @Test
    void samplesOfAMixtureOfLaplaceBeliefsAreItsOwn() {
        Embedder model = SERVICE.bean(LoadedModels.class).install(bundle(Family.MMVAE));
        SplittableRandom random = new SplittableRandom(5);
        List<float[]> samples =
                belief(model).strata(3, random).stream().map(part -> part.sample(random)).toList();

        Service.Reply reply =
                query(
                        Family.MMVAE,
                        "{\"query\":[%s,%s],\"target\":\"x3\",\"k\":12,\"samples\":3,\"seed\":5,\"exact\":true}"
                                .formatted(X1, X2));

        assertThat(reply.status()).isEqualTo(200);
        requireScores(reply.json().get("hits"), model, samples);
    }

    @ParameterizedTest
    @EnumSource(names = {"MMVAE", "MOPOE"})
    void aMixtureIsDrawnFromInItsComponents(Family family) {
        Embedder model = SERVICE.bean(LoadedModels.class).install(bundle(family));
        String body = "{\"inputs\":[%s,%s],\"variants\":4,\"seed\":%d}";

        List<float[]> once = z(generation(family, body.formatted(X1, X2, 0)));

        assertThat(belief(model).components())
                .anySatisfy(part ->
                        assertThat(once.getFirst()).containsExactly(part.mean(), within(1e-5f)));
        assertThat(once.stream().map(z -> z[0])).doesNotHaveDuplicates();
        List<float[]> again = z(generation(family, body.formatted(X1, X2, 0)));
        List<float[]> other = z(generation(family, body.formatted(X1, X2, 1)));
        for (int i = 1; i < 4; i++) {
            assertThat(again.get(i)).containsExactly(once.get(i), within(1e-5f));
            assertThat(Math.abs(other.get(i)[0] - once.get(i)[0])).isGreaterThan(1e-3f);
        }
    }

    @Test
    void variantsOfATargetWithoutAStyleDifferAndAStyleLeavesTheSharedLatentAlone() {
        String body = "{\"inputs\":[%s],\"target\":\"%s\",\"variants\":4}";

        assertThat(z(generation(Family.DMVAE, body.formatted(X2, "x3"))).stream().map(z -> z[0]))
                .doesNotHaveDuplicates();
        assertThat(
                        z(generation(Family.DMVAE, body.formatted(X2, "x1"))).stream()
                                .map(z -> z[0])
                                .distinct())
                .hasSize(1);
    }

    private static Posterior belief(Embedder model) {
        return model.infer("x3", Map.of("x1", Value.of(FIRST), "x2", Value.of(SECOND)));
    }

    /// The shared latent of each variant.
    private static List<float[]> z(Service.Reply reply) {
        assertThat(reply.status()).isEqualTo(200);
        return reply.json()
                .get("variants")
                .valueStream()
                .map(variant -> {
                    JsonNode z = variant.get("z");
                    return new float[] {z.get(0).floatValue(), z.get(1).floatValue()};
                })
                .toList();
    }

    @ParameterizedTest
    @EnumSource(names = {"DMVAE", "MVAE", "MMVAE", "MOPOE"})
    void oneOfThreeModalitiesFindsAnotherWithoutTheThird(Family family) {
        Service.Reply named = query(family, "{\"query\":[%s],\"target\":\"x3\"}".formatted(X2));
        Service.Reply inferred = query(family, "{\"query\":[%s]}".formatted(X2));

        assertThat(named.status()).isEqualTo(200);
        assertThat(named.json().get("hits")).hasSize(10);
        assertThat(inferred.json().get("hits")).isEqualTo(named.json().get("hits"));
    }

    @ParameterizedTest
    @EnumSource(names = {"DMVAE", "MVAE", "MMVAE", "MOPOE"})
    void theOneThatIsMissingIsDrawnAndOfSeveralOneIsToBeNamed(Family family) {
        JsonNode drawn = generation(family, "{\"inputs\":[%s,%s]}".formatted(X1, X2)).json();
        Service.Reply unnamed = generation(family, "{\"inputs\":[%s]}".formatted(X2));
        Service.Reply named =
                generation(family, "{\"inputs\":[%s],\"target\":\"x1\"}".formatted(X2));

        assertThat(drawn.get("target").stringValue()).isEqualTo("x3");
        assertThat(drawn.get("variants").get(0).get("vector")).hasSize(Models.THIRD_SIZE);
        assertThat(unnamed.status()).isEqualTo(422);
        assertThat(unnamed.json().get("field").stringValue()).isEqualTo("target");
        assertThat(named.json().get("variants").get(0).get("vector")).hasSize(Models.QUERY_SIZE);
        assertThat(named.json().get("variants").get(0).get("own")).hasSize(Models.OWN);
    }

    private static Service.Reply query(Family family, String body) {
        return SERVICE.post("/v1/collections/three-" + family.id() + "/query", body);
    }

    private static Service.Reply generation(Family family, String body) {
        String model = bundle(family).fingerprint();
        return SERVICE.post("/v1/models/" + model + "/generations", body);
    }

    private static String part(String modality, float[] vector) {
        return "{\"vector\":%s,\"modality\":\"%s\"}".formatted(Arrays.toString(vector), modality);
    }

    private static float[] third(int i) {
        float[] vector = new float[Models.THIRD_SIZE];
        for (int j = 0; j < vector.length; j++) {
            vector[j] = (float) Math.cos(1 + i + 2.0 * j);
        }
        return vector;
    }
}
