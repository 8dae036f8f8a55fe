package dev.gimbal.command;

import dev.gimbal.bundle.Json;
import dev.gimbal.bundle.ModelBundle;
import dev.gimbal.bundle.ModelName;
import dev.gimbal.dataset.BadInputException;
import dev.gimbal.dataset.MultimodalDataset;
import dev.gimbal.family.Family;
import dev.gimbal.training.FrozenEncoders;
import dev.gimbal.training.Labels;
import dev.gimbal.training.PairedSettings;
import dev.gimbal.training.PairedSettings.AlignmentMethod;
import dev.gimbal.training.Presets;
import dev.gimbal.training.Settings;
import dev.gimbal.training.Training;
import dev.gimbal.training.TrainingFailedException;
import dev.gimbal.training.VaeSettings;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// `gimbal train`: from data to a bundle.
@Command(
        name = "train",
        description = "Trains a model and writes its bundle.",
        mixinStandardHelpOptions = true)
final class TrainCommand implements Callable<Integer> {

    @Option(
            names = "--family",
            required = true,
            description = "cos-sim, cos-sim-lvm, rivae, dmvae, mvae, mmvae or mopoe")
    private String family = "";

    @Mixin private DataOptions data = new DataOptions();

    @Option(
            names = "--seed",
            defaultValue = "1",
            description = "of all randomness (${DEFAULT-VALUE})")
    private long seed;

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
            names = "--preset",
            description =
                    "settings made for another data set, such as embeddings for pairs that are"
                            + " embeddings already; default: those of the data set")
    private @Nullable String preset;

    @Option(
            names = "--labels",
            description =
                    "CSV file, 'id,FACTOR,...', of a few training examples; z is then aligned to these factors")
    private @Nullable Path labels;

    @Option(
            names = "--latent",
            description =
                    "how many factors to look for, when the settings' number does not fit your"
                            + " data: knobs are cleanest with as many as there are")
    private @Nullable Integer latent;

    @Option(
            names = "--weights",
            paramLabel = "MODALITY=FILE",
            description =
                    "safetensors file that an embedder starts from, such as torchvision's of ResNet-50")
    private Map<String, String> weights = Map.of();

    @Option(
            names = "--encoders",
            description =
                    "bundle whose encoders stay as they are; only heads over them are trained."
                            + " Code of an imported one runs")
    private @Nullable Path encoders;

    @Option(names = "--name", description = "of the model; default: DATASET-FAMILY")
    private @Nullable String name;

    @Option(
            names = "--print-settings",
            help = true, // nothing else is needed then
            description = "print the settings that would be trained by, for --settings, and end")
    private boolean printSettings;

    @Option(names = "--resume", description = "go on from the checkpoint in --out")
    private boolean resume;

    @Option(names = "--overwrite", description = "start anew where --out holds a training")
    private boolean overwrite;

    @Override
    public Integer call() throws IOException {
        Family chosen = Family.of(family);
        Settings its = settings(chosen);
        if (printSettings) {
            System.out.println(Json.MAPPER.writeValueAsString(its));
            return 0;
        }
        String called =
                ModelName.require("name", name == null ? data.dataset() + "-" + family : name);
        requireFree();
        FrozenEncoders frozen =
                encoders == null ? null : new FrozenEncoders(ModelBundle.read(encoders));
        try (TrainingProgress progress = new TrainingProgress()) {
            MultimodalDataset examples = data.open();
            Training training =
                    new Training(
                            called,
                            chosen,
                            its,
                            frozen == null ? examples : frozen.embed(examples, progress),
                            seed,
                            out,
                            labels == null ? null : Labels.read(labels));
            Optional<ModelBundle> bundle = training.run(resume, progress);
            if (frozen != null && bundle.isPresent()) {
                bundle = Optional.of(frozen.under(bundle.get()));
                bundle.get().write(out.resolve("bundle"));
            }
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

    /// Over encoders that stay as they are only heads are trained.
    private void requireHeads(Family chosen, PairedSettings paired) {
        if (chosen == Family.COS_SIM) {
            throw new BadInputException(
                    "family", family, "has no heads, and --encoders leaves nothing else to train");
        }
        FrozenEncoders.requireHeads(paired);
    }

    /// Hours of training are not lost to a command that was given twice.
    private void requireFree() {
        if (!resume && !overwrite && Training.isBegun(out)) {
            throw new BadInputException(
                    "out",
                    out,
                    "holds a training: --resume goes on with it, --overwrite starts anew");
        }
    }

    private String preset() {
        if (preset != null) {
            return preset;
        }
        return encoders == null ? data.dataset() : "pairs";
    }

    private Settings settings(Family chosen) {
        if (settings != null && preset != null) {
            throw new IllegalArgumentException("give --settings or --preset, not both");
        }
        Settings read =
                settings == null ? Presets.of(chosen, preset()) : Presets.read(chosen, settings);
        Settings sized = latent == null ? read : read.withLatent(latent);
        return switch (sized) {
            case VaeSettings vae -> {
                if (!weights.isEmpty() || labels != null || encoders != null) {
                    throw new IllegalArgumentException(
                            "--weights, --labels and --encoders are of no use to " + family);
                }
                yield vae;
            }
            case PairedSettings paired -> {
                if (encoders != null) {
                    requireHeads(chosen, paired);
                }
                PairedSettings started = weights.isEmpty() ? paired : paired.startingFrom(weights);
                int frozen = started.embedders().frozenEpochs();
                if (frozen > 0 && started.startingWeights().isEmpty() && !printSettings) {
                    throw new BadInputException(
                            "weights",
                            "none",
                            "a trunk that stays frozen for %d epochs must have learned something before: --weights image=FILE, or the setting embedders.frozen 0"
                                    .formatted(frozen));
                }
                yield labels == null ? started : started.aligned(AlignmentMethod.PROCRUSTES);
            }
        };
    }
}
