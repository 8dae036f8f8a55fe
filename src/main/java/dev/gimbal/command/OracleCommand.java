package dev.gimbal.command;

import dev.gimbal.bundle.Oracle;
import dev.gimbal.dataset.MultimodalDataset;
import dev.gimbal.training.ClassifierSettings;
import dev.gimbal.training.OracleTraining;
import dev.gimbal.training.TrainingFailedException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// `gimbal oracle`: classifiers by which generated values are judged.
@Command(
        name = "oracle",
        description =
                "Trains a classifier of a true factor for each modality, to judge what models"
                        + " generate. No model sees it in training.",
        mixinStandardHelpOptions = true)
final class OracleCommand implements Callable<Integer> {

    @Mixin private DataOptions data = new DataOptions();

    @Option(
            names = "--factor",
            defaultValue = "digit",
            description = "true factor to tell (${DEFAULT-VALUE})")
    private String factor = "";

    @Option(
            names = "--seed",
            defaultValue = "1",
            description = "of all randomness (${DEFAULT-VALUE})")
    private long seed;

    @Option(names = "--steps", description = "of each classifier; default: 5000")
    private @Nullable Integer steps;

    @Option(names = "--out", required = true, description = "folder for the oracle")
    private Path out = Path.of(".");

    @Override
    public Integer call() throws IOException {
        ClassifierSettings standard = ClassifierSettings.STANDARD;
        MultimodalDataset examples = data.open();
        try (TrainingProgress progress = new TrainingProgress()) {
            Optional<Oracle> trained =
                    new OracleTraining(
                                    examples,
                                    factor,
                                    steps == null ? standard : standard.withSteps(steps),
                                    seed)
                            .run(progress);
            if (trained.isEmpty()) {
                System.err.println("stopped; nothing was written");
                return 130;
            }
            try (Oracle oracle = trained.get()) {
                oracle.write(out);
                System.out.println(
                        "oracle in " + out + ", test accuracy " + oracle.card().accuracy());
            }
            return 0;
        } catch (TrainingFailedException e) {
            System.err.println(e.getMessage());
            return 1;
        }
    }
}
