package dev.gimbal.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;

class ModelsTest {
    private final Database database = new Database(TestDatabase.shared());
    private final Models models = new Models(database);
    private final String fingerprint = UUID.randomUUID().toString();

    @Test
    void aBundleComesBackByteForByte() {
        byte[] weights = {0, 1, -1, 127};
        String manifest = "{\n  \"b\": 1, \"a\": 2.50\n}";
        StoredModel model = models.put(fingerprint, "sprites-rivae", "rivae", manifest, weights);

        assertThat(model.manifest()).isEqualTo(manifest);
        assertThat(model.weightsSize()).isEqualTo(4);
        assertThat(model.status()).isEqualTo(StoredModel.Status.READY);
        assertThat(models.find(fingerprint)).hasValue(model);
        assertThat(models.list()).contains(model);
        assertThat(models.weights(fingerprint)).isEqualTo(weights);
    }

    @Test
    void theSameBundleAgainChangesNothing() {
        models.put(fingerprint, "old", "rivae", "{}", new byte[] {1});
        StoredModel renamed = models.describe(fingerprint, _ -> "{\"x\": 1}");

        assertThat(models.put(fingerprint, "new", "rivae", "{}", new byte[] {2}))
                .isEqualTo(renamed);
        assertThat(models.weights(fingerprint)).isEqualTo(new byte[] {1});
    }

    @Test
    void renewalsWaitForEachOtherSoThatNoneUndoesAnother() throws Exception {
        models.put(fingerprint, "n", "rivae", "0", new byte[] {1});
        try (ExecutorService replicas = Executors.newFixedThreadPool(4)) {
            replicas.invokeAll(
                    java.util.Collections.nCopies(
                            20,
                            () ->
                                    models.describe(
                                            fingerprint,
                                            n -> Integer.toString(Integer.parseInt(n) + 1))));
        }
        StoredModel renewed = models.find(fingerprint).orElseThrow();
        assertThat(renewed.manifest()).isEqualTo("20");
        assertThat(renewed.version()).isEqualTo(20);
    }

    @Test
    void ofModelsThatShareANameTheNewestIsFound() {
        String name = "n-" + UUID.randomUUID();
        models.put(UUID.randomUUID().toString(), name, "rivae", "{}", new byte[] {1});
        models.put(fingerprint, name, "rivae", "{}", new byte[] {1});

        assertThat(models.findNamed(name).orElseThrow().fingerprint()).isEqualTo(fingerprint);
        assertThat(models.findNamed("nobody")).isEmpty();
    }

    @Test
    void unknownAndMalformedModelsAreRefusedByName() {
        assertThatThrownBy(() -> models.weights("nobody"))
                .isInstanceOf(NotFoundException.class)
                .hasMessage("no model 'nobody'");
        assertThatThrownBy(() -> models.put("a'b", "n", "rivae", "{}", new byte[1]))
                .hasMessageContaining("not a fingerprint: 'a'b'");
        assertThatThrownBy(() -> models.put("ab", "a/b", "rivae", "{}", new byte[1]))
                .hasMessageContaining("model name (a/b)");
    }

    @Test
    void aBenchmarkRunComesBackAsItWasSaved() {
        BenchmarkRuns runs = new BenchmarkRuns(database);
        BenchmarkRun run =
                new BenchmarkRun(
                        UUID.randomUUID(),
                        "retrieval",
                        1,
                        fingerprint,
                        "data",
                        Store.json("{\"draws\": 10}"),
                        Store.json("{\"threads\": 2}"),
                        Store.json("{\"recallAt1\": 0.995}"),
                        Instant.parse("2026-11-21T10:00:00.123456Z"));
        runs.save(run);

        assertThat(runs.find(run.id())).hasValue(run);
        assertThat(runs.list(1000)).contains(run);
        assertThat(runs.find(UUID.randomUUID())).isEmpty();
    }
}
