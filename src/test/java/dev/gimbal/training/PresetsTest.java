package dev.gimbal.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.ndarray.NDManager;
import dev.gimbal.dataset.BadInputException;
import dev.gimbal.dataset.DatasetOptions;
import dev.gimbal.dataset.Datasets;
import dev.gimbal.dataset.MultimodalDataset;
import dev.gimbal.dataset.digits.DigitFolders;
import dev.gimbal.family.Family;
import dev.gimbal.family.Models;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class PresetsTest {
    @TempDir private Path folder;

    @ParameterizedTest
    @EnumSource(names = {"COS_SIM", "COS_SIM_LVM", "RIVAE"})
    void everyPairedFamilyHasPresetsForSynthAndPairs(Family family) {
        assertThat(((PairedSettings) Presets.of(family, "synth")).latent()).isEqualTo(2);
        assertThat(((PairedSettings) Presets.of(family, "pairs")).latent()).isEqualTo(16);
    }

    @ParameterizedTest
    @ValueSource(strings = {"synth", "sprites", "pairs"})
    void comparedFamiliesTrainForEquallyManyEpochs(String dataset) {
        for (Family family : List.of(Family.COS_SIM, Family.COS_SIM_LVM)) {
            assertThat(epochs(family, dataset)).isEqualTo(epochs(Family.RIVAE, dataset));
        }
    }

    /// Cos-Sim has no heads to train, and embeddings taken as they are no embedders.
    private static int epochs(Family family, String dataset) {
        PairedSettings settings = (PairedSettings) Presets.of(family, dataset);
        boolean embedders =
                settings.encoders().values().stream()
                        .noneMatch(EncoderSettings.AsIs.class::isInstance);
        return (embedders ? settings.embedders().epochs() : 0)
                + (family == Family.COS_SIM ? 0 : settings.heads().epochs())
                + settings.joint().stream().mapToInt(PairedSettings.JointStage::epochs).sum();
    }

    /// Generated data of the same modalities.
    private MultimodalDataset small(String dataset) throws IOException {
        Map<String, String> settings = new HashMap<>();
        switch (dataset) {
            case "plates", "digits" ->
                    settings.putAll(Map.of("train", "40", "validation", "20", "test", "20"));
            default -> {
                settings.put("mnist", DigitFolders.mnist(folder.resolve("mnist")).toString());
                if (dataset.contains("svhn")) {
                    Path svhn = DigitFolders.svhn(folder.resolve("svhn"), 240, 20);
                    settings.put("svhn", svhn.toString());
                }
                if (dataset.contains("speech")) {
                    Path speech = DigitFolders.speech(folder.resolve("speech"));
                    settings.put("speech", speech.toString());
                }
            }
        }
        return Datasets.of(dataset).open(new DatasetOptions(1, settings));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "digits",
                "mnist-street",
                "mnist-svhn",
                "mnist-speech",
                "mnist-street-speech",
                "plates"
            })
    void everyFamilyThatDrawsHasAPresetOfTheSameNetworksAndBudget(String name) throws IOException {
        MultimodalDataset dataset = small(name);
        VaeSettings first = (VaeSettings) Presets.of(Family.DMVAE, name);
        for (Family family : Models.GENERATIVE) {
            VaeSettings settings = (VaeSettings) Presets.of(family, name);
            try (NDManager manager = NDManager.newBaseManager()) {
                TrainingPlan plan = Plans.of(family, settings, dataset, 1, manager);
                assertThat(plan.model().architecture().modalities())
                        .isEqualTo(dataset.modalities());
            }
            assertThat(settings.encoders()).isEqualTo(first.encoders());
            assertThat(settings.decoders()).isEqualTo(first.decoders());
            assertThat(settings.steps()).isEqualTo(first.steps());
            assertThat(settings.batchSize()).isEqualTo(first.batchSize());
        }
    }

    @Test
    void anUnknownPresetIsRefusedByName() {
        assertThatThrownBy(() -> Presets.of(Family.RIVAE, "nothing"))
                .isInstanceOf(BadInputException.class)
                .hasMessageContaining("rivae-nothing");
    }

    @Test
    void theErrorNamesWhatThereIs() {
        assertThatThrownBy(() -> Presets.of(Family.DMVAE, "sprites"))
                .isInstanceOf(BadInputException.class)
                .hasMessageContaining("known for dmvae are [digits, mnist-speech, ");
    }

    @Test
    void everyFileIsKnown() throws Exception {
        Path presets = Path.of(Presets.class.getResource("/presets").toURI());

        try (Stream<Path> files = Files.list(presets)) {
            assertThat(files.map(file -> file.getFileName().toString()))
                    .containsExactlyInAnyOrderElementsOf(
                            Arrays.stream(Family.values())
                                    .flatMap(family ->
                                            Presets.known(family).stream()
                                                    .map(name ->
                                                            family.id() + "-" + name + ".json"))
                                    .toList());
        }
    }

    @Test
    void aFileThatHoldsNoSettingsIsRefusedWithItsName() throws IOException {
        Path file = Files.writeString(folder.resolve("mine.json"), "{\"latent\": \"red\"}");

        assertThatThrownBy(() -> Presets.read(Family.RIVAE, file))
                .isInstanceOf(BadInputException.class)
                .hasMessageContaining("mine.json")
                .hasMessageContaining("at latent");
    }
}
