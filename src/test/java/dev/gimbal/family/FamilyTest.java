package dev.gimbal.family;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import dev.gimbal.bundle.Bundles;
import dev.gimbal.bundle.ModelBundle;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// What every family owes to the rest of the program.
class FamilyTest {
    @AutoClose private final NDManager manager = NDManager.newBaseManager();

    @ParameterizedTest
    @EnumSource(Family.class)
    void inferLocateAndIndexHaveTheShapesThatTheModelStates(Family family) {
        NetworkModel model = Models.initialised(family, manager, 1);

        NDArray z = model.infer("x2", Map.of("x1", queries())).mean();
        Loci loci = model.locate("x2", z);

        assertThat(z.getShape()).isEqualTo(new Shape(3, model.latentSize("x2")));
        assertThat(loci.points().getShape()).isEqualTo(new Shape(3, model.indexDimension("x2")));
        assertThat(model.indexVectors("x1", queries()).getShape())
                .isEqualTo(new Shape(3, model.indexDimension("x1")));
        assertThat(model.indexVectors("x2", items()).getShape())
                .isEqualTo(new Shape(4, model.indexDimension("x2")));
        assertThat(loci.similarity()).isEqualTo(model.similarity());
        assertThat(model.ways()).contains(new Way(List.of("x1"), "x2"));
        assertThat(loci.scores(model.indexVectors("x2", items())).getShape())
                .isEqualTo(new Shape(3, 4));
    }

    @ParameterizedTest
    @EnumSource(Family.class)
    void aModelThatWasSavedAndLoadedAnswersTheSame(Family family) {
        NetworkModel model = Models.initialised(family, manager, 1);
        ModelBundle bundle = Bundles.of(model);
        ModelBundle read = ModelBundle.of(bundle.manifestJson(), bundle.weights());

        try (CrossModalModel loaded = read.load(manager)) {
            NDArray z = model.infer("x2", Map.of("x1", queries())).mean();
            NDArray again = loaded.infer("x2", Map.of("x1", queries())).mean();
            assertThat(again.toFloatArray()).containsExactly(z.toFloatArray());
            assertThat(loaded.locate("x2", again).points().toFloatArray())
                    .containsExactly(model.locate("x2", z).points().toFloatArray());
            assertThat(loaded.indexVectors("x2", items()).toFloatArray())
                    .containsExactly(model.indexVectors("x2", items()).toFloatArray());
        }
    }

    @ParameterizedTest
    @EnumSource(Family.class)
    void theSeedDecidesTheWeights(Family family) {
        String first = Bundles.of(Models.initialised(family, manager, 1)).fingerprint();

        assertThat(Bundles.of(Models.initialised(family, manager, 1)).fingerprint())
                .isEqualTo(first);
        assertThat(Bundles.of(Models.initialised(family, manager, 2)).fingerprint())
                .isNotEqualTo(first);
    }

    @ParameterizedTest
    @EnumSource(Family.class)
    void aFamilyIsFoundByItsId(Family family) {
        assertThat(Family.of(family.id())).isEqualTo(family);
    }

    @Test
    void anUnknownFamilyIsRefusedWithTheKnownOnes() {
        assertThatThrownBy(() -> Family.of("vae"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("'vae'")
                .hasMessageContaining("rivae");
    }

    @ParameterizedTest
    @EnumSource(names = {"DMVAE", "MVAE", "MMVAE", "MOPOE"})
    void anySubsetOfThreeModalitiesLeadsToAnyOfThem(Family family) {
        MultimodalVae model = Models.three(family, manager, 1);
        List<String> names = List.of("x1", "x2", "x3");
        Map<String, NDArray> all =
                Map.of("x1", queries(), "x2", items().get("0:3"), "x3", thirds());

        for (int subset = 1; subset < Subsets.count(3); subset++) {
            Map<String, NDArray> observed = new HashMap<>(all);
            observed.keySet().retainAll(Subsets.members(names, subset));
            for (String target : names) {
                Loci loci = model.locate(target, model.infer(target, observed).mean());
                assertThat(loci.scores(model.indexVectors(target, all.get(target))).getShape())
                        .as("%s from %s", target, observed.keySet())
                        .isEqualTo(new Shape(3, 3));
            }
        }
        assertThat(model.ways())
                .containsExactly(
                        new Way(List.of("x1", "x2"), "x3"),
                        new Way(List.of("x1", "x3"), "x2"),
                        new Way(List.of("x2", "x3"), "x1"));
    }

    @ParameterizedTest
    @EnumSource(names = {"DMVAE", "MVAE", "MMVAE", "MOPOE"})
    void aModelOfThreeModalitiesThatWasSavedAndLoadedAnswersTheSame(Family family) {
        MultimodalVae model = Models.three(family, manager, 1);
        ModelBundle bundle = Bundles.of(model);
        Map<String, NDArray> observed = Map.of("x2", items().get("0:3"), "x3", thirds());

        try (CrossModalModel loaded =
                ModelBundle.of(bundle.manifestJson(), bundle.weights()).load(manager)) {
            assertThat(loaded.infer("x1", observed).mean().toFloatArray())
                    .containsExactly(model.infer("x1", observed).mean().toFloatArray());
        }
    }

    private NDArray thirds() {
        return manager.arange(3f * Models.THIRD_SIZE).reshape(3, Models.THIRD_SIZE).cos();
    }

    private NDArray queries() {
        return manager.arange(3f * Models.QUERY_SIZE).reshape(3, Models.QUERY_SIZE).sin();
    }

    private NDArray items() {
        return manager.arange(4f * Models.TARGET_SIZE).reshape(4, Models.TARGET_SIZE).cos();
    }
}
