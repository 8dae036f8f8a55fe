package dev.gimbal.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDManager;
import dev.gimbal.dataset.BadInputException;
import dev.gimbal.dataset.Modality;
import dev.gimbal.family.Architecture;
import dev.gimbal.family.CosSim;
import dev.gimbal.family.Family;
import dev.gimbal.network.Activation;
import dev.gimbal.network.HubDiscount;
import dev.gimbal.network.KernelNetwork;
import dev.gimbal.network.Mlp;
import dev.gimbal.network.Network;
import dev.gimbal.network.Parameters;
import dev.gimbal.network.Rows;
import dev.gimbal.training.PairedSettings.CanonicalStage;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

class CanonicalStartTest {
    private static final CanonicalStage STAGE = new CanonicalStage(Map.of("vector", 1e-3), 0, null);
    private static final Mlp AFFINE = new Mlp(3, List.of(), 2, Activation.TANH);

    @AutoClose private final NDManager manager = NDManager.newBaseManager();

    /// Two shared factors, turned and stretched on each side, and a third column of noise.
    private static TrainingData pairs(int n) {
        Random random = new Random(1);
        float[][] x = new float[n][];
        float[][] y = new float[n][];
        for (int i = 0; i < n; i++) {
            float a = (float) random.nextGaussian();
            float b = (float) random.nextGaussian();
            x[i] = new float[] {a + b + 4, a - b, (float) random.nextGaussian()};
            y[i] = new float[] {3 * a, (float) random.nextGaussian(), b / 2 - 1};
        }
        return new TrainingData(Map.of("x1", x, "x2", y));
    }

    private CosSim model(Network first, Network second) {
        CosSim model =
                new CosSim(
                        new Architecture(
                                Family.COS_SIM,
                                List.of(Modality.vector("x1", 3), Modality.vector("x2", 3)),
                                Map.of(),
                                Map.of("embedder.x1", first, "embedder.x2", second),
                                Map.of()),
                        new Parameters(manager));
        model.initialise(RandomGenerator.of("L64X128MixRandom"));
        return model;
    }

    @Test
    void affineEmbeddersMeetInTheSharedFactors() {
        TrainingData data = pairs(100);
        try (CosSim model = model(AFFINE, AFFINE)) {
            CanonicalStart.apply(model, data, STAGE);

            float[][] u = Rows.map(manager, data.rows("x1"), x -> model.embed("x1", x));
            float[][] v = Rows.map(manager, data.rows("x2"), x -> model.embed("x2", x));
            for (int i = 0; i < u.length; i++) {
                assertThat(u[i][0] * v[i][0] + u[i][1] * v[i][1]).isCloseTo(1, within(1e-2f));
            }
        }
    }

    /// The partners are the other side's training embeddings, whatever discount those carry.
    @Test
    void hubsAreToldByTheEmbeddingsOfTheirPartners() {
        TrainingData data = pairs(40);
        HubDiscount first = new HubDiscount(AFFINE, 40, 40, 0.5, false);
        HubDiscount second = new HubDiscount(AFFINE, 40, 40, 0.5, true);
        try (CosSim plain = model(AFFINE, AFFINE);
                CosSim discounted = model(first, second)) {
            CanonicalStart.apply(plain, data, STAGE);
            CanonicalStart.apply(discounted, data, STAGE);

            float[][] u = Rows.map(manager, data.rows("x1"), x -> plain.embed("x1", x));
            float[][] v = Rows.map(manager, data.rows("x2"), x -> plain.embed("x2", x));
            float[][] e = Rows.map(manager, data.rows("x1"), x -> discounted.embed("x1", x));
            float[][] f = Rows.map(manager, data.rows("x2"), x -> discounted.embed("x2", x));
            for (int i = 0; i < u.length; i++) {
                double hubU = Math.max(0, meanCosine(u[i], v));
                double hubV = Math.max(0, meanCosine(v[i], u));
                double expected =
                        dot(u[i], v[i])
                                / Math.sqrt((1 + 0.25 * hubU * hubU) * (1 + 0.25 * hubV * hubV));
                assertThat(dot(e[i], f[i])).isCloseTo(expected, within(1e-5));
            }
        }
    }

    private static double meanCosine(float[] u, float[][] all) {
        return Arrays.stream(all).mapToDouble(v -> dot(u, v)).average().orElseThrow();
    }

    private static double dot(float[] u, float[] v) {
        return IntStream.range(0, u.length).mapToDouble(i -> u[i] * v[i]).sum();
    }

    @Test
    void aKernelEmbedderIsAnAnalysisInTheSpanOfItsLandmarks() {
        TrainingData data = pairs(60);
        try (CosSim model = model(new KernelNetwork(3, 60, 2), AFFINE)) {
            CanonicalStart.apply(model, data, STAGE);

            assertThat(
                            model.parameters()
                                    .get(KernelNetwork.landmarks("embedder.x1"))
                                    .toFloatArray())
                    .startsWith(data.rows("x1")[0]);
            assertThat(Validation.measure(model, data).get("recallAt5")).isGreaterThan(.9);
        }
    }

    @Test
    void coordinatesBeyondTheCorrelationsAreZero() {
        Mlp wide = new Mlp(3, List.of(), 5, Activation.TANH);
        TrainingData data = pairs(50);
        try (CosSim model = model(wide, wide)) {
            CanonicalStart.apply(model, data, STAGE);

            assertThat(model.parameters().get("embedder.x1.0.bias").toFloatArray()).endsWith(0, 0);
        }
    }

    @Test
    void embeddersWithHiddenLayersAreRefused() {
        Mlp deep = new Mlp(3, List.of(4), 2, Activation.TANH);
        try (CosSim model = model(deep, AFFINE)) {
            assertThatThrownBy(() -> CanonicalStart.apply(model, pairs(20), STAGE))
                    .isInstanceOf(BadInputException.class)
                    .hasMessageContaining("encoders.x1")
                    .hasMessageContaining("no closed form");
        }
    }

    @Test
    void aRidgeIsFoundByNameOrKindAndMissedByField() {
        try (CosSim model = model(AFFINE, AFFINE)) {
            assertThatThrownBy(() ->
                            CanonicalStart.apply(
                                    model,
                                    pairs(20),
                                    new CanonicalStage(Map.of("x1", 1.0), 1, null)))
                    .isInstanceOf(BadInputException.class)
                    .hasMessageContaining("canonical.ridges")
                    .hasMessageContaining("x2");
        }
    }
}
