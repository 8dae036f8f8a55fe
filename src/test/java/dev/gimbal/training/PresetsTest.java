package dev.gimbal.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gimbal.dataset.BadInputException;
import dev.gimbal.family.Family;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class PresetsTest {

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

    @Test
    void anUnknownPresetIsRefusedByName() {
        assertThatThrownBy(() -> Presets.of(Family.RIVAE, "nothing"))
                .isInstanceOf(BadInputException.class)
                .hasMessageContaining("rivae-nothing");
    }

    @Test
    void aFileThatHoldsNoSettingsIsRefusedWithItsName(@TempDir Path folder) throws IOException {
        Path file = Files.writeString(folder.resolve("mine.json"), "{\"latent\": \"red\"}");

        assertThatThrownBy(() -> Presets.read(Family.RIVAE, file))
                .isInstanceOf(BadInputException.class)
                .hasMessageContaining("mine.json")
                .hasMessageContaining("at latent");
    }
}
