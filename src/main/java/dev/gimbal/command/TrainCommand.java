package dev.gimbal.command;

import dev.gimbal.bundle.Json;
import dev.gimbal.bundle.ModelBundle;
import dev.gimbal.dataset.MultimodalDataset;
import dev.gimbal.dataset.Sprites;
import dev.gimbal.dataset.Synth;
import dev.gimbal.family.Family;
import dev.gimbal.training.Labels;
import dev.gimbal.training.Settings;
import dev.gimbal.training.Settings.AlignmentMethod;
import dev.gimbal.training.Training;
import dev.gimbal.training.TrainingFailedException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/// `gimbal train`: from data to a bundle.
@Command(name = "train", description = "Trains a model and writes its bundle.")
final class TrainCommand implements Callable<Integer> {

    @Option(names = "--family", required = true, description = "cos-sim, cos-sim-lvm or rivae")
    private String family = "";

    @Option(names = "--dataset", required = true, description = "synth, sprites or pairs")
    private String dataset = "";

    @Option(
            names = "--seed",
            defaultValue = "1",
            description = "of all randomness (${DEFAULT-VALUE})")
    private long seed;

    @Option(
            names = "--data-seed",
            defaultValue = "1",
            description = "of the data's generator and split (${DEFAULT-VALUE})")
    private long dataSeed;

    @Option(
            names = "--out",
            required = true,
            description = "folder for checkpoints, report and bundle")
    private Path out = Path.of(".");

    @Option(
            names = "--settings",
            description =
                    "JSON file of training settings; default: the preset of family and data set")
    private @Nullable Path settings;

    @Option(
            names = "--labels",
            description =
                    "CSV file, 'id,FACTOR,...', of a few training examples; z is then aligned to these factors")
    private @Nullable Path labels;

    @Option(names = "--name", description = "of the model; default: DATASET-FAMILY")
    private @Nullable String name;

    @Option(names = "--resume", description = "go on from the checkpoint in --out")
    private boolean resume;

    @Override
    public Integer call() throws IOException {
        MultimodalDataset data =
                switch (dataset) {
                    case "sprites" -> new Sprites(dataSeed);
                    case "synth" -> new Synth(dataSeed);
                    default ->
                            throw new IllegalArgumentException(
                                    "unknown data set '" + dataset + "'");
                };
        Training training =
                new Training(
                        name == null ? dataset + "-" + family : name,
                        Family.of(family),
                        labels == null
                                ? readSettings()
                                : readSettings().aligned(AlignmentMethod.PROCRUSTES),
                        data,
                        seed,
                        out,
                        labels == null ? null : Labels.read(labels));
        try (TrainingProgress progress = new TrainingProgress()) {
            Optional<ModelBundle> bundle = training.run(resume, progress);
            if (bundle.isEmpty()) {
                System.err.println("stopped; go on with --resume");
                return 130;
            }
            System.out.println(
                    "model "
                            + bundle.get().fingerprint()
                            + " in "
                            + out.resolve("bundle")
                            + ", validation "
                            + bundle.get().manifest().metrics());
            return 0;
        } catch (TrainingFailedException e) {
            System.err.println(e.getMessage());
            return 1;
        }
    }

    private Settings readSettings() throws IOException {
        if (settings != null) {
            return Json.MAPPER.readValue(Files.readString(settings), Settings.class);
        }
        String preset = "/presets/" + family + "-" + dataset + ".json";
        try (InputStream in = TrainCommand.class.getResourceAsStream(preset)) {
            if (in == null) {
                throw new IllegalArgumentException(
                        "no preset for '" + family + "' on '" + dataset + "'; give --settings");
            }
            return Json.MAPPER.readValue(in, Settings.class);
        }
    }
}
