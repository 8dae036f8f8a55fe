package dev.gimbal.family;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import dev.gimbal.distribution.Density;
import dev.gimbal.distribution.DiagonalGaussian;
import dev.gimbal.distribution.Mixture;
import dev.gimbal.family.MultimodalVae.Belief;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// What the families that draw owe besides.
class MultimodalVaeTest {
    private static final Offset<Float> CLOSE = within(1e-5f);

    @AutoClose private final NDManager manager = NDManager.newBaseManager();

    @ParameterizedTest
    @EnumSource(names = {"DMVAE", "MVAE", "MMVAE", "MOPOE"})
    void anySubsetOfModalitiesAnswersAnyTarget(Family family) {
        MultimodalVae model = Models.vae(family, manager, 1);
        Shape shape = new Shape(2, Models.LATENT);

        assertThat(model.infer("x2", Map.of("x1", x1())).mean().getShape()).isEqualTo(shape);
        assertThat(model.infer("x1", Map.of("x1", x1())).mean().getShape()).isEqualTo(shape);
        assertThat(model.infer("x1", Map.of("x1", x1(), "x2", x2())).mean().getShape())
                .isEqualTo(shape);
    }

    @ParameterizedTest
    @EnumSource(names = {"DMVAE", "MVAE", "MMVAE", "MOPOE"})
    void aQueryOfNothingOrOfTheUnknownIsRefusedByName(Family family) {
        MultimodalVae model = Models.vae(family, manager, 1);

        assertThatThrownBy(() -> model.infer("x2", Map.of()))
                .isInstanceOf(UnsupportedQueryException.class);
        assertThatThrownBy(() -> model.infer("x2", Map.of("x3", x1())))
                .isInstanceOf(UnsupportedQueryException.class)
                .hasMessageContaining("x3")
                .hasMessageContaining("[x1, x2]");
        assertThatThrownBy(() -> model.locate("x3", x1()))
                .isInstanceOf(UnsupportedQueryException.class)
                .hasMessageContaining("x3");
    }

    @ParameterizedTest
    @EnumSource(names = {"DMVAE", "MVAE", "MMVAE", "MOPOE"})
    void aModalityWithoutALatentOfItsOwnIsDrawnFromTheSharedOne(Family family) {
        MultimodalVae model = Models.vae(family, manager, 1);
        MultimodalVae.Encoding x1 = model.encode("x1", x1());
        MultimodalVae.Encoding x2 = model.encode("x2", x2());

        assertThat(x2.own()).isNull();
        assertThat(x1.own()).isNotNull();
        NDArray shared = x1.shared().mean();
        assertThat(model.generate("x2", shared, null).getShape())
                .isEqualTo(new Shape(2, Models.TARGET_SIZE));
        assertThat(model.generate("x1", shared, manager.zeros(new Shape(2, Models.OWN))).getShape())
                .isEqualTo(new Shape(2, Models.QUERY_SIZE));
        for (float pixel : model.generate("x2", shared, null).toFloatArray()) {
            assertThat(pixel).as("a probability").isBetween(0f, 1f);
        }
    }

    @Test
    void dmvaeMultipliesSeveralExpertsWithThePriorButLeavesOneAlone() {
        MultimodalVae model = Models.vae(Family.DMVAE, manager, 1);
        Map<String, Belief> both = beliefs();

        assertThat(mean(model, Map.of("x1", gaussian(2, 0.25f)))).isCloseTo(2, CLOSE);
        // precisions 1, 4 and 5
        assertThat(mean(model, both)).isCloseTo((8 - 5) / 10f, CLOSE);
    }

    @Test
    void mvaeMultipliesASingleExpertWithThePriorToo() {
        MultimodalVae model = Models.vae(Family.MVAE, manager, 1);

        assertThat(mean(model, Map.of("x1", gaussian(2, 0.25f)))).isCloseTo(8 / 5f, CLOSE);
        assertThat(mean(model, beliefs())).isCloseTo((8 - 5) / 10f, CLOSE);
    }

    @Test
    void mmvaeKeepsEveryExpertAsAComponent() {
        MultimodalVae model = Models.vae(Family.MMVAE, manager, 1);

        Mixture mixture = (Mixture) model.fuse(beliefs());

        assertThat(mixture.components()).hasSize(2);
        assertThat(mean(model, beliefs())).isCloseTo((2 - 1) / 2f, CLOSE);
    }

    @Test
    void mopoeMixesEverySubsetsProduct() {
        MultimodalVae model = Models.vae(Family.MOPOE, manager, 1);

        Mixture mixture = (Mixture) model.fuse(beliefs());

        assertThat(mixture.components())
                .extracting(component -> component.mean().toFloatArray()[0])
                .containsExactly(2f, -1f, 0.3f);
    }

    /// Precisions 4, 5 and 1, and 1 of the prior.
    @Test
    void ofThreeModalitiesMopoeMixesSevenProducts() {
        MultimodalVae model = Models.three(Family.MOPOE, manager, 1);
        Map<String, Belief> three = beliefs();
        three.put("x3", gaussian(3, 1));

        List<Density> components = ((Mixture) model.fuse(three)).components();

        float[] means = {2, -1, 3 / 10f, 3, 11 / 6f, -2 / 7f, 6 / 11f};
        assertThat(components).hasSize(7);
        for (int i = 0; i < 7; i++) {
            assertThat(components.get(i).mean().getFloat()).isCloseTo(means[i], CLOSE);
        }
    }

    @Test
    void ofThreeModalitiesDmvaeMultipliesThoseThatAreThere() {
        MultimodalVae model = Models.three(Family.DMVAE, manager, 1);
        Map<String, Belief> three = beliefs();
        three.put("x3", gaussian(3, 1));

        assertThat(mean(model, three)).isCloseTo(6 / 11f, CLOSE);
        three.remove("x2");
        assertThat(mean(model, three)).isCloseTo(11 / 6f, CLOSE);
    }

    @Test
    void aMixturesDensityIsTheMeanOfItsComponents() {
        Density narrow = gaussian(2, 0.25f).shared();
        Density wide = gaussian(-1, 4).shared();
        NDArray x = manager.create(new float[][] {{0.5f}});

        double density = Math.exp(new Mixture(List.of(narrow, wide)).logDensity(x).getFloat());

        double expected =
                (Math.exp(narrow.logDensity(x).getFloat())
                                + Math.exp(wide.logDensity(x).getFloat()))
                        / 2;
        assertThat(density).isCloseTo(expected, within(1e-6));
    }

    /// Weights of 0 say nothing: q is the prior, and p(x | z) does not depend on z.
    @Test
    void whereTheEncoderSaysNothingAWeightIsTheLikelihoodItself() {
        MultimodalVae model = Models.vae(Family.MMVAE, manager, 1);
        model.parameters().names().forEach(name -> model.parameters().get(name).muli(0));

        float[] weights = model.logWeight(Map.of("x1", x1(), "x2", x2()), random(3)).toFloatArray();

        float[] first = x1().toFloatArray();
        for (int row = 0; row < 2; row++) {
            double expected = -Models.TARGET_SIZE * Math.log(2);
            for (int j = 0; j < Models.QUERY_SIZE; j++) {
                float x = first[row * Models.QUERY_SIZE + j];
                expected -= 0.5 * x * x + 0.5 * Math.log(2 * Math.PI);
            }
            assertThat((double) weights[row]).isCloseTo(expected, within(1e-4));
        }
    }

    /// The mean weight estimates p(x), whatever q is.
    @ParameterizedTest
    @EnumSource(names = {"DMVAE", "MVAE", "MOPOE"})
    void aNarrowerBeliefIsPaidForByItsDensity(Family family) {
        MultimodalVae model = Models.vae(family, manager, 1);
        model.parameters().names().forEach(name -> model.parameters().get(name).muli(0));
        RandomGenerator random = random(5);
        double likelihood = -Models.TARGET_SIZE * Math.log(2);
        for (int j = 0; j < Models.QUERY_SIZE; j++) {
            float x = x1().toFloatArray()[j];
            likelihood -= 0.5 * x * x + 0.5 * Math.log(2 * Math.PI);
        }

        double mean = 0;
        int draws = 1500;
        for (int k = 0; k < draws; k++) {
            try (NDManager scratch = manager.newSubManager()) {
                NDArray x1 = x1();
                NDArray x2 = x2();
                x1.attach(scratch);
                x2.attach(scratch);
                float weight = model.logWeight(Map.of("x1", x1, "x2", x2), random).getFloat(0);
                mean += Math.exp(weight - likelihood) / draws;
            }
        }

        assertThat(mean).isCloseTo(1, within(0.2));
    }

    private static RandomGenerator random(long seed) {
        return RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
    }

    @Test
    void productsOfExpertsRefuseLaplacePosteriors() {
        Architecture laplace = Models.architecture(Family.MMVAE);
        Architecture dmvae =
                new Architecture(
                        Family.DMVAE,
                        laplace.modalities(),
                        Map.of(),
                        laplace.networks(),
                        Map.of(),
                        laplace.layout());

        assertThatThrownBy(() -> new Dmvae(dmvae, new dev.gimbal.network.Parameters(manager)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("LAPLACE");
    }

    private static float mean(MultimodalVae model, Map<String, Belief> beliefs) {
        return model.fuse(beliefs).mean().toFloatArray()[0];
    }

    private Map<String, Belief> beliefs() {
        Map<String, Belief> beliefs = new LinkedHashMap<>();
        beliefs.put("x1", gaussian(2, 0.25f));
        beliefs.put("x2", gaussian(-1, 0.2f));
        return beliefs;
    }

    private Belief gaussian(float mean, float variance) {
        return new Belief(
                new DiagonalGaussian(
                        manager.create(new float[][] {{mean}}),
                        manager.create(new float[][] {{(float) Math.log(variance)}})),
                null);
    }

    private NDArray x1() {
        return manager.arange(2f * Models.QUERY_SIZE).reshape(2, Models.QUERY_SIZE).sin();
    }

    private NDArray x2() {
        return manager.arange(2f * Models.TARGET_SIZE).reshape(2, Models.TARGET_SIZE).cos();
    }
}
