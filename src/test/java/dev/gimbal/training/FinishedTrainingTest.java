package dev.gimbal.training;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gimbal.bundle.Json;
import dev.gimbal.bundle.ModelBundle;
import dev.gimbal.dataset.Synth;
import dev.gimbal.family.Family;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

class FinishedTrainingTest {

    @Test
    void aCompleteRunIsRecognisedAndNoOther(@TempDir Path folder) throws IOException {
        Training training = training(1, folder);
        assertThat(training.finished()).isEmpty();

        ModelBundle bundle = training.run(false, TrainingListener.SILENT).orElseThrow();

        assertThat(training.finished())
                .hasValueSatisfying(
                        found -> assertThat(found.fingerprint()).isEqualTo(bundle.fingerprint()));
        assertThat(training(2, folder).finished()).isEmpty();
        assertThat(bundle.manifest().metrics().get("recallAt10")).isGreaterThan(.05);
    }

    @Test
    void aDamagedBundleIsNotComplete(@TempDir Path folder) throws IOException {
        Training training = training(1, folder);
        training.run(false, TrainingListener.SILENT);

        Files.write(folder.resolve("bundle").resolve("weights.safetensors"), new byte[100]);

        assertThat(training.finished()).isEmpty();
    }

    /// Synth's own preset, a few epochs of it: chance is .01 at ten of a thousand.
    private static Training training(long seed, Path folder) {
        ObjectNode settings = Json.MAPPER.valueToTree(Presets.of(Family.RIVAE, "synth"));
        ((ObjectNode) settings.get("embedders")).put("epochs", 1);
        ((ObjectNode) settings.get("heads")).put("epochs", 2);
        ((ObjectNode) ((ArrayNode) settings.get("joint")).get(0)).put("epochs", 2);
        return new Training(
                "tiny",
                Family.RIVAE,
                Json.MAPPER.treeToValue(settings, PairedSettings.class),
                new Synth(1),
                seed,
                folder);
    }
}
