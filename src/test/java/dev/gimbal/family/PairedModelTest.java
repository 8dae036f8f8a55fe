package dev.gimbal.family;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.training.GradientCollector;
import dev.gimbal.dataset.Modality;
import dev.gimbal.distribution.Kl;
import dev.gimbal.network.BagOfWords;
import dev.gimbal.network.Identity;
import dev.gimbal.network.Parameters;
import dev.gimbal.network.UnitNorm;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// What the families with two embedders owe besides.
class PairedModelTest {
    @AutoClose private final NDManager manager = NDManager.newBaseManager();

    @ParameterizedTest
    @EnumSource(names = {"COS_SIM", "COS_SIM_LVM", "RIVAE"})
    void indexVectorsHaveUnitNorm(Family family) {
        PairedModel model = Models.paired(family, manager, 1);

        float[] norms =
                model.indexVectors("x2", items()).square().sum(new int[] {1}).toFloatArray();

        assertThat(norms).containsExactly(new float[] {1, 1, 1, 1}, within(1e-5f));
    }

    @ParameterizedTest
    @EnumSource(names = {"COS_SIM", "COS_SIM_LVM", "RIVAE"})
    void everyWeightHasAFiniteGradientThatIsNotZero(Family family) {
        PairedModel model = Models.paired(family, manager, 1);
        model.parameters().track(name -> !name.matches("(alignment|regulariser)\\..*"));

        try (GradientCollector tape = Engine.getInstance().newGradientCollector()) {
            tape.backward(everything(model));
        }

        for (String name : model.parameters().names()) {
            if (model.parameters().get(name).hasGradient()) {
                float[] gradient = model.parameters().get(name).getGradient().toFloatArray();
                double squares = 0;
                for (float entry : gradient) {
                    squares += entry * entry;
                }
                assertThat(squares).as(name).isFinite().isPositive();
            }
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"COS_SIM", "COS_SIM_LVM", "RIVAE"})
    void aQueryThatTheModelCannotAnswerIsRefusedByName(Family family) {
        PairedModel model = Models.paired(family, manager, 1);

        assertThatThrownBy(() -> model.infer("x2", Map.of("x2", items())))
                .isInstanceOf(UnsupportedQueryException.class)
                .hasMessageContaining("x2")
                .hasMessageContaining("[x1]");
        assertThatThrownBy(() -> model.infer("x2", Map.of()))
                .isInstanceOf(UnsupportedQueryException.class);
        assertThatThrownBy(() -> model.infer("x2", Map.of("x1", queries(), "x2", queries())))
                .isInstanceOf(UnsupportedQueryException.class);
        assertThatThrownBy(() -> model.infer("x1", Map.of("x1", queries())))
                .isInstanceOf(UnsupportedQueryException.class)
                .hasMessageContaining("'x1'");
        assertThatThrownBy(() -> model.locate("nowhere", queries()))
                .isInstanceOf(UnsupportedQueryException.class)
                .hasMessageContaining("nowhere");
        assertThatThrownBy(() -> model.indexVectors("nowhere", queries()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("nowhere");
    }

    /// The mean of word vectors, taken as it is: noise of c everywhere, of length `c sqrt(4 * 2)`
    /// over four places, moves it by `c sqrt(4 / present)`.
    @Test
    void noiseOnATextHasItsLengthOnTheWordsThatStandThere() {
        PairedModel model = ofTexts();
        float c = 0.25f;
        float[][] ids = {{1, 2, 1, 2}, {0, 1, 0, 0}, {2, 0, 1, 0}, {0, 0, 0, 0}};

        float[] near =
                model.embedPerturbed(
                                "text",
                                manager.create(ids),
                                (rows, columns) -> manager.full(new Shape(rows, columns), c))
                        .toFloatArray();

        float two = (float) Math.sqrt(2);
        float[][] means = {{.5f + c, .5f + c}, {1 + 2 * c, 2 * c}, {.5f + two * c, .5f + two * c}};
        assertThat(Arrays.copyOf(near, 6))
                .containsExactly(UnitNorm.of(manager.create(means)).toFloatArray(), within(1e-6f));
        assertThat(Arrays.copyOfRange(near, 6, 8)).containsExactly(0, 0);
    }

    /// Words 1 and 2 along the axes.
    private PairedModel ofTexts() {
        BagOfWords bag = new BagOfWords(3, 2, List.of(), 2);
        PairedModel model =
                new CosSim(
                        new Architecture(
                                Family.COS_SIM,
                                List.of(Modality.vector("x1", 2), Modality.text("text")),
                                Map.of(),
                                Map.of("embedder.x1", new Identity(2), "embedder.text", bag),
                                Map.of()),
                        new Parameters(manager));
        model.initialise(RandomGenerator.of("L64X128MixRandom"));
        model.parameters().set("embedder.text.words", new Shape(3, 2), floats(0, 0, 1, 0, 0, 1));
        model.parameters()
                .set("embedder.text.layers.0.weight", new Shape(2, 2), floats(1, 0, 0, 1));
        model.parameters().set("embedder.text.layers.0.bias", new Shape(2), floats(0, 0));
        return model;
    }

    private static float[] floats(float... entries) {
        return entries;
    }

    /// A scalar that depends on every weight of a model.
    private NDArray everything(PairedModel model) {
        NDArray v1 = model.embed("x1", queries());
        NDArray v2 = model.embed("x2", items().get("0:3"));
        NDArray located = model.locate("x2", model.inferEmbedded(v1).mean()).pairwise(v2).sum();
        return switch (model) {
            case CosSim _ -> located;
            case CosSimLvm _ -> located;
            case Rivae rivae ->
                    located.add(
                            Kl.divergence(
                                            rivae.posterior(v1, v2, 0.02, 0.5),
                                            rivae.prior(v1, 0.02, 0.5))
                                    .sum());
        };
    }

    private NDArray queries() {
        return manager.arange(3f * Models.QUERY_SIZE).reshape(3, Models.QUERY_SIZE).sin();
    }

    private NDArray items() {
        return manager.arange(4f * Models.TARGET_SIZE).reshape(4, Models.TARGET_SIZE).cos();
    }
}
