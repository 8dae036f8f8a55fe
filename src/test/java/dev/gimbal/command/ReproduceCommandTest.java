package dev.gimbal.command;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
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

    private static String commandLine(String... arguments) {
        ReproduceCommand command = new ReproduceCommand();
        new CommandLine(command).parseArgs(arguments);
        return command.commandLine();
    }
}
