package dev.gimbal.traversal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.gimbal.bundle.Bundles;
import dev.gimbal.dataset.BadInputException;
import dev.gimbal.dataset.Value;
import dev.gimbal.embedding.DeviceChoice;
import dev.gimbal.embedding.Embedder;
import dev.gimbal.embedding.EmbeddingSettings;
import dev.gimbal.embedding.Posterior;
import dev.gimbal.family.Family;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// Of the small models `x1` has a latent of its own, and `x2` has none.
class GenerationTest {
    private static final EmbeddingSettings SETTINGS =
            new EmbeddingSettings(DeviceChoice.CPU, 16, 256, Set.of());
    private static final Map<String, Value> ONE =
            Map.of("x1", Value.of(new float[] {3, -1, 2, 0, 1, -2}));
    private static final Map<String, Value> BOTH =
            Map.of(
                    "x1", Value.of(new float[] {3, -1, 2, 0, 1, -2}),
                    "x2", Value.of(new float[] {0, 1, 0, 1, 1}));

    private static List<Generation.Variant> drawn(
            Embedder model, Map<String, Value> observed, String target, @Nullable Integer step) {
        return drawn(model, new Generation.Origin.Observed(observed), target, step, 1);
    }

    private static List<Generation.Variant> drawn(
            Embedder model,
            Generation.Origin origin,
            String target,
            @Nullable Integer step,
            long seed) {
        int most = Generation.MOST;
        return new Generation(origin, target, most, Map.of(), Map.of(), step, -2, 2, seed)
                .run(model)
                .variants();
    }

    @Test
    void oneBeliefIsDrawnFromAtItsMeanInSeveralStyles() {
        try (Embedder model = new Embedder(Bundles.of(Family.DMVAE, 1), SETTINGS)) {
            float[] mean = model.infer("x1", BOTH).mean();
            List<Generation.Variant> variants = drawn(model, BOTH, "x1", null);
            assertThat(variants)
                    .allSatisfy(v -> assertThat(v.z()).containsExactly(mean, within(1e-6f)));
            assertThat(variants.stream().map(v -> v.own()[0]).distinct()).hasSize(variants.size());
        }
    }

    @ParameterizedTest
    @EnumSource(
            value = Family.class,
            names = {"DMVAE", "MVAE", "MMVAE", "MOPOE"})
    void withoutAStyleTheSharedLatentIsSampledFromItsMeanOn(Family family) {
        try (Embedder model = new Embedder(Bundles.of(family, 1), SETTINGS)) {
            Posterior belief = model.infer("x2", ONE).parts().getFirst();
            List<float[]> z = new ArrayList<>();
            for (int seed = 0; seed < 40; seed++) {
                List<float[]> of = z(model, ONE, seed);
                assertThat(of.getFirst()).containsExactly(belief.mean(), within(1e-6f));
                z.addAll(of.subList(1, of.size()));
            }
            requireMoments(z, belief);
            assertThat(z.stream().map(v -> v[0]).distinct().count()).isGreaterThan(2500);
        }
    }

    @ParameterizedTest
    @EnumSource(
            value = Family.class,
            names = {"MMVAE", "MOPOE"})
    void aMixtureIsDrawnFromComponentByComponent(Family family) {
        try (Embedder model = new Embedder(Bundles.of(family, 1), SETTINGS)) {
            List<Posterior> parts = model.infer("x2", BOTH).components();
            List<List<float[]>> samples = new ArrayList<>();
            parts.forEach(_ -> samples.add(new ArrayList<>()));
            for (int seed = 0; seed < 120; seed++) {
                List<float[]> z = z(model, BOTH, seed);
                int first = component(parts, z.getFirst());
                for (int v = 1; v < z.size(); v++) {
                    samples.get((first + v) % parts.size()).add(z.get(v));
                }
            }
            for (int c = 0; c < parts.size(); c++) {
                requireMoments(samples.get(c), parts.get(c));
            }
        }
    }

    @Test
    void aStyledTargetOfAMixtureIsDrawnFromItsComponentsToo() {
        try (Embedder model = new Embedder(Bundles.of(Family.MMVAE, 1), SETTINGS)) {
            List<Generation.Variant> variants = drawn(model, BOTH, "x1", null);
            assertThat(variants.stream().map(v -> v.z()[0]).distinct()).hasSize(variants.size());
            List<Generation.Variant> stepped = drawn(model, BOTH, "x1", 0);
            assertThat(stepped)
                    .allSatisfy(v -> assertThat(v.z()).containsExactly(stepped.getFirst().z()));
            component(model.infer("x1", BOTH).components(), stepped.getFirst().z());
        }
    }

    @Test
    void severalVariantsOfOnePointWithoutAStyleAreRefused() {
        try (Embedder model = new Embedder(Bundles.of(Family.MVAE, 1), SETTINGS)) {
            Generation.Origin point = new Generation.Origin.Latent(new float[2]);
            assertThatThrownBy(() -> drawn(model, point, "x2", null, 1))
                    .isInstanceOfSatisfying(
                            BadInputException.class,
                            e -> assertThat(e.field()).isEqualTo("variants"));
        }
    }

    private static List<float[]> z(Embedder model, Map<String, Value> observed, long seed) {
        return drawn(model, new Generation.Origin.Observed(observed), "x2", null, seed).stream()
                .map(Generation.Variant::z)
                .toList();
    }

    /// Which component has this mean.
    private static int component(List<Posterior> parts, float[] mean) {
        Predicate<Posterior> same =
                part ->
                        Math.abs(part.mean()[0] - mean[0]) + Math.abs(part.mean()[1] - mean[1])
                                < 1e-5;
        assertThat(parts.stream().filter(same)).hasSize(1);
        return parts.indexOf(parts.stream().filter(same).findFirst().orElseThrow());
    }

    /// Five standard errors of the mean, and a fifth of the variance.
    private static void requireMoments(List<float[]> z, Posterior belief) {
        float[] logVariance = Objects.requireNonNull(belief.logVariance());
        for (int j = 0; j < logVariance.length; j++) {
            int entry = j;
            double variance = Math.exp(logVariance[j]);
            double mean = z.stream().mapToDouble(v -> v[entry]).average().orElseThrow();
            double square =
                    z.stream()
                            .mapToDouble(v -> Math.pow(v[entry] - belief.mean()[entry], 2))
                            .average()
                            .orElseThrow();
            assertThat(mean)
                    .isCloseTo(belief.mean()[j], within(5 * Math.sqrt(variance / z.size())));
            assertThat(square).isCloseTo(variance, within(0.2 * variance));
        }
    }
}
