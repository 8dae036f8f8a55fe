package dev.gimbal.embedding;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.gimbal.bundle.Bundles;
import dev.gimbal.bundle.ModelBundle;
import dev.gimbal.dataset.Value;
import dev.gimbal.family.Family;
import dev.gimbal.family.GenerativeLayout;
import dev.gimbal.family.Locus;
import dev.gimbal.family.Models;
import dev.gimbal.family.UnsupportedQueryException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import java.util.stream.Stream;
import org.assertj.core.data.Percentage;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;

class EmbedderTest {
    private static final EmbeddingSettings SETTINGS =
            new EmbeddingSettings(DeviceChoice.CPU, 16, 256, Set.of());

    private final ModelBundle bundle = Bundles.of(Family.RIVAE, 1);

    @AutoClose private final Embedder embedder = new Embedder(bundle, SETTINGS);

    private final RandomGenerator random = RandomGeneratorFactory.of("L64X128MixRandom").create(7);

    @Test
    void answersOfABatchEqualSingleAnswers() {
        List<float[]> z = Stream.generate(() -> vector(Models.LATENT)).limit(40).toList();
        List<float[]> items = Stream.generate(() -> vector(Models.TARGET_SIZE)).limit(40).toList();

        List<Locus> loci = embedder.locate("x2", z);
        float[][] vectors =
                embedder.indexVectorsOfAll("x2", items.stream().map(Value::of).toList());

        for (int i = 0; i < 40; i++) {
            Locus alone = embedder.locate("x2", List.of(z.get(i))).getFirst();
            assertThat(loci.get(i).point()).containsExactly(alone.point(), within(1e-6f));
            assertThat(loci.get(i).score(vectors[i]))
                    .isCloseTo(alone.score(vectors[i]), within(1e-5));
            assertThat(vectors[i])
                    .containsExactly(
                            embedder.indexVector("x2", Value.of(items.get(i))), within(1e-6f));
        }
    }

    @Test
    void bulkAnswersAreTheSameToTheBitWhoeverElseIsAsking() throws Exception {
        List<Value> queries =
                Stream.generate(() -> Value.of(vector(Models.QUERY_SIZE))).limit(700).toList();
        float[][] alone = embedder.meansOfAll("x2", "x1", queries);

        try (ExecutorService callers = Executors.newVirtualThreadPerTaskExecutor()) {
            Future<?> noise =
                    callers.submit(
                            () -> queries.forEach(q -> embedder.infer("x2", Map.of("x1", q))));
            assertThat(embedder.meansOfAll("x2", "x1", queries)).isDeepEqualTo(alone);
            noise.get();
        }
    }

    @Test
    void manyThreadsGetTheAnswersToTheirOwnQuestions() throws Exception {
        List<float[]> queries =
                Stream.generate(() -> vector(Models.QUERY_SIZE)).limit(200).toList();
        List<float[]> expected = queries.stream().map(q -> infer(q).mean()).toList();

        try (ExecutorService callers = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<Posterior>> answers = new ArrayList<>();
            for (float[] query : queries) {
                answers.add(callers.submit(() -> infer(query)));
            }
            for (int i = 0; i < answers.size(); i++) {
                assertThat(answers.get(i).get().mean())
                        .containsExactly(expected.get(i), within(1e-6f));
            }
        }
    }

    @Test
    void aGaussianFamilyGivesVariancesAndAPointMassNone() {
        try (Embedder cosine = new Embedder(Bundles.of(Family.COS_SIM_LVM, 1), SETTINGS)) {
            float[] query = vector(Models.QUERY_SIZE);

            assertThat(infer(query).logVariance()).hasSize(Models.LATENT);
            assertThat(cosine.infer("x2", Map.of("x1", Value.of(query))).logVariance()).isNull();
        }
    }

    @Test
    void whatIsBelievedKeepsItsKindInEveryComponent() {
        Map<String, Value> both =
                Map.of(
                        "x1", Value.of(vector(Models.QUERY_SIZE)),
                        "x2", Value.of(vector(Models.TARGET_SIZE)));
        try (Embedder mixture = new Embedder(Bundles.of(Family.MMVAE, 1), SETTINGS)) {
            assertThat(mixture.infer("x2", both).components())
                    .hasSize(2)
                    .allMatch(part -> part.kind() == GenerativeLayout.Posterior.LAPLACE);
        }
        assertThat(infer(vector(Models.QUERY_SIZE)).kind())
                .isEqualTo(GenerativeLayout.Posterior.GAUSSIAN);
    }

    @Test
    void aWrongLengthIsRefusedWithTheRightOne() {
        assertThatThrownBy(() -> infer(new float[5]))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("'x1'")
                .hasMessageContaining("6")
                .hasMessageContaining("5");
        assertThatThrownBy(() -> embedder.indexVector("x2", Value.of(new float[4])))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("'x2'");
        assertThatThrownBy(() -> embedder.locate("x2", List.of(new float[3])))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("3 entries")
                .hasMessageContaining("2");
    }

    @Test
    void anUnknownModalityOrTargetIsRefused() {
        assertThatThrownBy(() -> embedder.infer("x2", Map.of("x9", Value.of(new float[6]))))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("'x9'");
        assertThatThrownBy(() -> embedder.infer("x9", Map.of("x1", Value.of(new float[6]))))
                .isInstanceOf(UnsupportedQueryException.class)
                .hasMessageContaining("'x9'");
        assertThatThrownBy(() -> embedder.locate("x9", List.of(new float[2])))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("'x9'");
    }

    @Test
    void nothingIsAskedForNothing() {
        assertThat(embedder.indexVectorsOfAll("x2", List.of())).isEmpty();
        assertThat(embedder.locate("x2", List.of())).isEmpty();
    }

    @Test
    void aClosedModelRefuses() {
        Embedder closed = new Embedder(bundle, SETTINGS);
        closed.close();

        assertThatThrownBy(() -> closed.indexVector("x2", Value.of(new float[5])))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("the model is closed");
    }

    @Test
    void aModelIsLoadedOnce() {
        try (LoadedModels models = new LoadedModels(SETTINGS)) {
            Embedder first = models.install(bundle);

            assertThat(models.install(bundle)).isSameAs(first);
            assertThat(models.find(bundle.fingerprint())).containsSame(first);
            assertThat(models.all()).containsExactly(first);
            assertThat(models.find("nothing")).isEmpty();
            models.remove(bundle.fingerprint());
            assertThat(models.all()).isEmpty();
            assertThatThrownBy(() -> first.indexVector("x2", Value.of(new float[5])))
                    .hasMessage("the model is closed");
        }
    }

    @Test
    void settingsWithoutRoomAreRefused() {
        assertThatThrownBy(() -> new EmbeddingSettings(DeviceChoice.CPU, 0, 1, Set.of()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("max-batch");
    }

    /// The short version; the long one, with 10,000 and 100,000 queries, is [MemoryOverQueries]'s
    /// documented command.
    @Test
    @EnabledIf("residentSetIsKnown")
    void nativeMemoryStaysFlat() throws Exception {
        ProcessBuilder builder =
                new ProcessBuilder(
                                ProcessHandle.current().info().command().orElseThrow(),
                                "--enable-native-access=ALL-UNNAMED",
                                "-Dai.djl.offline=true",
                                "-DOPT_OUT_TRACKING=true",
                                "-Xms96m",
                                "-Xmx96m",
                                "-XX:+AlwaysPreTouch",
                                "-XX:+UseSerialGC",
                                "-XX:TieredStopAtLevel=1",
                                "-cp",
                                System.getProperty("java.class.path"),
                                MemoryOverQueries.class.getName(),
                                "2000",
                                "6000")
                        .redirectError(ProcessBuilder.Redirect.DISCARD);
        builder.environment().put("MALLOC_ARENA_MAX", "1");
        Process process = builder.start();
        List<Double> resident =
                process.inputReader()
                        .lines()
                        .filter(line -> line.contains("resident kB"))
                        .map(line -> Double.valueOf(line.replaceAll(".*: ", "")))
                        .toList();

        assertThat(process.waitFor()).isZero();
        assertThat(resident.getLast()).isCloseTo(resident.getFirst(), Percentage.withPercentage(3));
    }

    static boolean residentSetIsKnown() {
        return Files.exists(Path.of("/proc/self/status"));
    }

    private Posterior infer(float[] query) {
        return embedder.infer("x2", Map.of("x1", Value.of(query)));
    }

    private float[] vector(int size) {
        float[] vector = new float[size];
        for (int i = 0; i < size; i++) {
            vector[i] = (float) random.nextGaussian();
        }
        return vector;
    }
}
