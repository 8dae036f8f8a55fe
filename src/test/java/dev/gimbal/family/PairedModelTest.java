package dev.gimbal.family;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.training.GradientCollector;
import dev.gimbal.distribution.Kl;
import java.util.Map;
import org.junit.jupiter.api.AutoClose;
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
