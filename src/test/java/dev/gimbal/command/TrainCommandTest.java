package dev.gimbal.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gimbal.family.Family;
import dev.gimbal.training.Presets;
import dev.gimbal.training.Settings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.boot.logging.LogLevel;
import org.springframework.boot.logging.LoggingSystem;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

@ExtendWith(OutputCaptureExtension.class)
class TrainCommandTest {
    @TempDir private Path folder;

    /// Commands turn the log off, which is the whole process's.
    @AfterAll
    static void logAgain() {
        LoggingSystem.get(TrainCommandTest.class.getClassLoader())
                .setLogLevel(LoggingSystem.ROOT_LOGGER_NAME, LogLevel.INFO);
    }

    private static int train(String... arguments) {
        String[] all = new String[arguments.length + 1];
        all[0] = "train";
        System.arraycopy(arguments, 0, all, 1, arguments.length);
        return GimbalCommand.execute(_ -> {}, all);
    }

    @ParameterizedTest
    @EnumSource
    void printedSettingsAreAFileThatTrainsTheSame(Family family, CapturedOutput output)
            throws IOException {
        for (String preset : Presets.known(family)) {
            int before = output.getOut().length();

            assertThat(train("--print-settings", "--family=" + family.id(), "--dataset=" + preset))
                    .isZero();

            Path file = folder.resolve("mine.json");
            Files.writeString(file, output.getOut().substring(before));
            Settings read = Presets.read(family, file);
            assertThat(read).isEqualTo(Presets.of(family, preset));
        }
    }

    @Test
    void otherChoicesArePartOfWhatIsPrinted(CapturedOutput output) throws IOException {
        train("--print-settings", "--family=rivae", "--dataset=pairs", "--latent=7");

        Path file = Files.writeString(folder.resolve("mine.json"), output.getOut());
        assertThat(Presets.read(Family.RIVAE, file))
                .isEqualTo(Presets.of(Family.RIVAE, "pairs").withLatent(7));
    }

    @Test
    void tooFewExamplesForABatchAreToldWhatToSet(CapturedOutput output) {
        int status =
                train(
                        "--family=rivae",
                        "--dataset=embeddings",
                        "--data=pairs=200",
                        "--data=dimension=32",
                        "--preset=pairs",
                        "--out=" + folder.resolve("run"));

        assertThat(status).isEqualTo(1);
        assertThat(output.getErr()).contains("do not fill a batch of 256; set a smaller batchSize");
    }
}
