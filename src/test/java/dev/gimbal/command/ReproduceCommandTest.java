package dev.gimbal.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gimbal.dataset.BadInputException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class ReproduceCommandTest {
    @Test
    void thePagesCommandLineNamesEveryChoice() {
        assertThat(commandLine("synth", "--out", "runs"))
                .isEqualTo(
                        "gimbal reproduce synth --families rivae,cos-sim-lvm,cos-sim --seeds"
                                + " 1,2,3,4,5 --out DIR");
        assertThat(
                        commandLine(
                                "dmvae",
                                "--data=mnist=/some/where",
                                "--data=pairs-per-image=30",
                                "--datasets=mnist-street",
                                "--families=dmvae,mvae",
                                "--seeds=4",
                                "--steps=60",
                                "--no-ablation",
                                "--out=runs"))
                .isEqualTo(
                        "gimbal reproduce dmvae --data mnist=... --data pairs-per-image=30 --families"
                                + " dmvae,mvae --seeds 4 --datasets mnist-street --steps 60 --no-ablation --out DIR");
    }

    @Test
    void theComparedFamiliesAreThoseThatHaveAPreset() {
        assertThat(commandLine("embeddings", "--out", "runs"))
                .contains("--families rivae --seeds 1,2,3,4,5");
    }

    @Test
    void aFamilyWithoutAPresetIsRefusedBeforeAnyTraining(@TempDir Path out) {
        ReproduceCommand command = new ReproduceCommand();
        new CommandLine(command)
                .parseArgs("embeddings", "--families=rivae,cos-sim", "--out=" + out);

        assertThatThrownBy(command::call)
                .isInstanceOf(BadInputException.class)
                .hasMessageContaining("cos-sim-embeddings");
        assertThat(out).isEmptyDirectory();
    }

    private static String commandLine(String... arguments) {
        ReproduceCommand command = new ReproduceCommand();
        new CommandLine(command).parseArgs(arguments);
        return command.commandLine();
    }
}
