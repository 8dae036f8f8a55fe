package dev.gimbal.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import dev.gimbal.bundle.ModelBundle;
import dev.gimbal.dataset.DatasetOptions;
import dev.gimbal.dataset.Datasets;
import dev.gimbal.dataset.DrawnRecipes;
import dev.gimbal.dataset.MultimodalDataset;
import dev.gimbal.dataset.Split;
import dev.gimbal.family.Family;
import dev.gimbal.family.Rivae;
import dev.gimbal.network.HubDiscount;
import dev.gimbal.network.Rows;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RecipesTrainingTest {
    @TempDir private Path folder;

    private static MultimodalDataset recipes(String folders, int side) {
        return Datasets.of("recipes")
                .open(
                        new DatasetOptions(
                                1, Map.of("folder", folders, "side", String.valueOf(side))));
    }

    private Map<String, Double> validation(Family family, MultimodalDataset data)
            throws IOException {
        return validation(family, Presets.of(family, "recipes"), data);
    }

    private Map<String, Double> validation(Family family, Settings settings, MultimodalDataset data)
            throws IOException {
        ModelBundle bundle =
                new Training(
                                "recipes-" + family.id(),
                                family,
                                settings,
                                data,
                                1,
                                folder.resolve(family.id()))
                        .run(false, TrainingListener.SILENT)
                        .orElseThrow();
        assertThat(ModelBundle.read(folder.resolve(family.id()).resolve("bundle")).fingerprint())
                .isEqualTo(bundle.fingerprint());
        return bundle.manifest().metrics();
    }

    @Test
    void canonicalCorrelationFindsDrawnDishesBothWays() throws IOException {
        MultimodalDataset drawn =
                recipes(DrawnRecipes.write(folder.resolve("drawn"), 120, 1).toString(), 32);

        // 24 pairs of twelve kinds, two alike of each: a model that knows the kind has rank 2 or 1
        Map<String, Double> metrics = validation(Family.COS_SIM, drawn);

        assertThat(metrics.get("recallAt5")).isGreaterThan(.9);
        assertThat(metrics.get("backward.recallAt5")).isGreaterThan(.9);
    }

    /// `|f(z) - v2|^2` grows by `w^2 h(v2)^2`: f predicts that no item is a hub.
    @Test
    void rivaeHoldsHubsBackByWhatItNeverPredicts() throws IOException {
        MultimodalDataset drawn =
                recipes(DrawnRecipes.write(folder.resolve("drawn"), 120, 1).toString(), 32);

        // drawn dishes are of twelve kinds: z has eleven directions at most
        PairedSettings settings =
                ((PairedSettings) Presets.of(Family.RIVAE, "recipes")).withLatent(8);
        Map<String, Double> metrics = validation(Family.RIVAE, settings, drawn);

        assertThat(metrics.get("recallAt5")).isGreaterThan(.9);
        assertThat(metrics.get("backward.recallAt5")).isGreaterThan(.9);
        ModelBundle bundle = ModelBundle.read(folder.resolve("rivae").resolve("bundle"));
        try (NDManager manager = NDManager.newBaseManager();
                Rivae model = (Rivae) bundle.load(manager)) {
            float[] believed =
                    model.decode(model.manager().zeros(new Shape(1, model.latentSize())), 1)
                            .points()
                            .toFloatArray();
            float[] item = Rows.of(index(model, drawn))[0];
            int first = item.length - HubDiscount.ENTRIES;
            assertThat(Arrays.copyOfRange(believed, first, item.length)).containsOnly(0);
            assertThat(item[first]).isZero();
            assertThat(item[first + 1]).isPositive();
        }
    }

    /// Twelve kinds of drawn dishes span eleven directions of the thirty.
    @Test
    void zThatCannotBeAlignedIsKeptAsItWasTrained() throws IOException {
        MultimodalDataset drawn =
                recipes(DrawnRecipes.write(folder.resolve("drawn"), 120, 1).toString(), 32);
        List<String> warnings = new ArrayList<>();
        TrainingListener listener =
                new TrainingListener() {
                    @Override
                    public void warning(String message) {
                        warnings.add(message);
                    }
                };

        Optional<ModelBundle> bundle =
                new Training(
                                "drawn",
                                Family.RIVAE,
                                Presets.of(Family.RIVAE, "recipes"),
                                drawn,
                                1,
                                folder.resolve("run"))
                        .run(false, listener);

        assertThat(bundle.orElseThrow().manifest().metrics().get("recallAt5")).isGreaterThan(.9);
        assertThat(warnings)
                .singleElement()
                .asString()
                .contains("z is not aligned", "latent (30)", "set a smaller latent");
    }

    private static NDArray index(Rivae model, MultimodalDataset data) {
        TrainingData rows = TrainingData.of(data, Split.VALIDATION, model.architecture());
        return model.indexVectors(
                "recipe", Rows.matrix(model.manager(), List.of(rows.rows("recipe")[0])));
    }

    /// Where the real folders are, said by `-Dgimbal.data=DIR`; skipped, and said so, elsewhere.
    @Test
    void realPhotographsFindTheirRecipesFarAboveChance() throws IOException {
        Path data = Path.of(System.getProperty("gimbal.data", "data"));
        Path cooklang = data.resolve("recipes-cooklang");
        Path free = data.resolve("recipes-public-domain");
        assumeTrue(
                Files.isDirectory(cooklang) && Files.isDirectory(free),
                "skipped: no recipes-cooklang and recipes-public-domain where -Dgimbal.data says");

        // 98 validation pairs, chance .10
        Map<String, Double> metrics =
                validation(Family.COS_SIM, recipes(cooklang + "," + free, 128));

        assertThat(metrics.get("recallAt10")).isGreaterThan(.4);
        assertThat(metrics.get("backward.recallAt10")).isGreaterThan(.4);
    }
}
