package dev.gimbal.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gimbal.dataset.BadInputException;
import dev.gimbal.family.Family;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class PresetsTest {

    @ParameterizedTest
    @EnumSource(Family.class)
    void everyFamilyHasPresetsForSynthAndPairs(Family family) {
        assertThat(Presets.of(family, "synth").latent()).isEqualTo(2);
        assertThat(Presets.of(family, "pairs").latent()).isEqualTo(16);
    }

    @ParameterizedTest
    @EnumSource(Family.class)
    void onSynthEveryFamilyTrainsForEquallyManyEpochs(Family family) {
        Settings settings = Presets.of(family, "synth");
        int heads = family == Family.COS_SIM ? 0 : settings.heads().epochs();
        int joint = settings.joint().stream().mapToInt(Settings.JointStage::epochs).sum();

        assertThat(settings.embedders().epochs() + heads + joint).isEqualTo(80);
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

        assertThatThrownBy(() -> Presets.read(file))
                .isInstanceOf(BadInputException.class)
                .hasMessageContaining("mine.json")
                .hasMessageContaining("at latent");
    }
}
