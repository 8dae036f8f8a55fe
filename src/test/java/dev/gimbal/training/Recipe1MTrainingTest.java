package dev.gimbal.training;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import dev.gimbal.bundle.ModelBundle;
import dev.gimbal.bundle.Safetensors;
import dev.gimbal.dataset.DatasetOptions;
import dev.gimbal.dataset.Datasets;
import dev.gimbal.dataset.DrawnRecipe1M;
import dev.gimbal.dataset.MultimodalDataset;
import dev.gimbal.family.Family;
import dev.gimbal.family.PairedModel;
import dev.gimbal.network.Parameters;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class Recipe1MTrainingTest {
    private static final String TRUNK = "embedder.image.trunk.";

    @TempDir private Path folder;

    private MultimodalDataset drawn() throws IOException {
        Path tree = DrawnRecipe1M.write(folder.resolve("recipe1m"), 60, 1);
        return Datasets.of("recipe1m")
                .open(new DatasetOptions(1, Map.of("folder", tree.toString(), "side", "32")));
    }

    /// Stands for the weights that a user brings: a trunk of this very shape.
    private Path trunk(PairedSettings settings, MultimodalDataset data) throws IOException {
        try (NDManager manager = NDManager.newBaseManager()) {
            Parameters parameters =
                    Plans.of(Family.COS_SIM, settings, data, 7, manager).model().parameters();
            NDList arrays = new NDList();
            for (String name : parameters.names()) {
                if (name.startsWith(TRUNK) && !name.contains("attention")) {
                    NDArray array = parameters.get(name);
                    array.setName(name.substring(TRUNK.length()));
                    arrays.add(array);
                }
            }
            return Files.write(folder.resolve("resnet50.safetensors"), Safetensors.encode(arrays));
        }
    }

    @Test
    void thePresetTrainsFromNamedWeightsToABundleThatLeadsBothWays() throws IOException {
        MultimodalDataset data = drawn();
        PairedSettings settings = SmallSettings.recipe1m(Family.RIVAE);
        Path weights = trunk(settings, data);

        ModelBundle bundle =
                new Training(
                                "recipe1m-rivae",
                                Family.RIVAE,
                                settings.startingFrom(Map.of("image", weights.toString())),
                                data,
                                1,
                                folder.resolve("run"))
                        .run(false, TrainingListener.SILENT)
                        .orElseThrow();

        assertThat(bundle.manifest().latentSpaces()).hasSize(2);
        assertThat(bundle.manifest().metrics()).containsKeys("recallAt1", "backward.recallAt1");
    }

    @Test
    void atFirstTheTrunkStaysAndItsAttentionLearns() throws IOException {
        MultimodalDataset data = drawn();
        try (NDManager manager = NDManager.newBaseManager()) {
            TrainingPlan plan =
                    Plans.of(Family.RIVAE, SmallSettings.recipe1m(Family.RIVAE), data, 1, manager);
            List<Stage> stages = plan.stages();

            assertThat(stages.stream().map(Stage::name))
                    .containsExactly("around-trunks", "embedders", "heads", "joint-1");
            assertThat(((PairedModel) plan.model()).directions()).hasSize(2);
            ParameterGroup around = stages.getFirst().groups().getFirst();
            ParameterGroup all = stages.get(1).groups().getFirst();
            String conv = TRUNK + "conv1.weight";
            assertThat(around.contains(conv)).isFalse();
            assertThat(all.contains(conv)).isTrue();
            for (String learns :
                    List.of(
                            TRUNK + "attention.hidden.weight",
                            "embedder.image.head.0.weight",
                            "embedder.recipe.words")) {
                assertThat(plan.model().parameters().names())
                        .anyMatch(name -> name.startsWith(learns));
                assertThat(
                                plan.model().parameters().names().stream()
                                        .filter(name -> name.startsWith(learns)))
                        .allMatch(around::contains);
            }
        }
    }
}
