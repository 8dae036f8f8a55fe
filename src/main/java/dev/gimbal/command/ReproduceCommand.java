package dev.gimbal.command;

import dev.gimbal.benchmark.Evaluation;
import dev.gimbal.benchmark.RetrievalProtocol;
import dev.gimbal.benchmark.Study;
import dev.gimbal.benchmark.StudyPage;
import dev.gimbal.benchmark.StudyRun;
import dev.gimbal.bundle.Json;
import dev.gimbal.bundle.ModelBundle;
import dev.gimbal.dataset.BadInputException;
import dev.gimbal.dataset.DatasetOptions;
import dev.gimbal.dataset.Datasets;
import dev.gimbal.dataset.MultimodalDataset;
import dev.gimbal.dataset.Split;
import dev.gimbal.embedding.Embedder;
import dev.gimbal.embedding.EmbeddingSettings;
import dev.gimbal.family.Family;
import dev.gimbal.training.Presets;
import dev.gimbal.training.Settings;
import dev.gimbal.training.Training;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `gimbal reproduce`: a paper's comparison, from the data to the page of results.
///
/// Trains each family under each seed by its preset, measures it on test data, and writes
/// `NAME.json` and `NAME.md`. A run that is complete in `--out` under the same configuration is
/// taken from there with its figures (`test.json`, which may be deleted to measure anew), and one
/// that was interrupted goes on, so the command can be given again.
@Command(
        name = "reproduce",
        description = "Trains and measures families over seeds, and writes the page of results.",
        mixinStandardHelpOptions = true)
final class ReproduceCommand implements Callable<Integer> {
    private static final String MEASURED = "test.json";
    private static final long DRAWS_SEED = 1;
    private static final List<String> FAMILIES = List.of("rivae", "cos-sim-lvm", "cos-sim");
    private static final List<Long> SEEDS = List.of(1L, 2L, 3L, 4L, 5L);

    @Parameters(
            paramLabel = "NAME",
            description = "synth, sprites, plates, embeddings, recipes or dmvae")
    private String name = "";

    @Option(names = "--out", required = true, description = "folder that holds a folder a run")
    private Path out = Path.of(".");

    @Option(
            names = "--families",
            split = ",",
            description =
                    "default: those of rivae, cos-sim-lvm and cos-sim that have a preset; of dmvae"
                            + " dmvae,mmvae,mvae,mopoe")
    private @Nullable List<String> families;

    @Option(names = "--seeds", split = ",", description = "default: 1,2,3,4,5; of dmvae 1,2,3")
    private @Nullable List<Long> seeds;

    @Mixin private DmvaeReproduction.Options dmvae = new DmvaeReproduction.Options();

    @Option(
            names = "--data",
            description = "setting of the data set, such as folder=DIR",
            paramLabel = "NAME=VALUE")
    private Map<String, String> data = Map.of();

    @Option(
            names = "--results",
            defaultValue = "docs/results",
            description = "folder of NAME.json and NAME.md (${DEFAULT-VALUE})")
    private Path results = Path.of(".");

    @Override
    public Integer call() throws IOException {
        if (!(isDmvae() ? reproduceDmvae() : reproduce())) {
            System.err.println("stopped; the same command goes on");
            return 130;
        }
        System.out.println("results in " + results.resolve(name + ".md"));
        return 0;
    }

    private boolean isDmvae() {
        return name.equals("dmvae");
    }

    private boolean reproduceDmvae() throws IOException {
        return new DmvaeReproduction(
                        out,
                        results,
                        data,
                        new DmvaeReproduction.Plan(compared(), seeds(), dmvae, commandLine()))
                .run();
    }

    private boolean reproduce() throws IOException {
        Datasets source = Datasets.of(name);
        Map<Family, Settings> settings = new LinkedHashMap<>();
        for (String id : compared()) {
            Family family = Family.of(id);
            settings.put(family, Presets.of(family, name));
        }
        if (settings.isEmpty()) {
            throw new BadInputException("name", name, "has no preset of any of " + FAMILIES);
        }
        MultimodalDataset dataset = source.open(new DatasetOptions(1, data));
        List<StudyRun> runs = new ArrayList<>();
        for (Map.Entry<Family, Settings> family : settings.entrySet()) {
            for (long seed : seeds()) {
                Optional<ModelBundle> bundle =
                        bundle(family.getKey(), family.getValue(), dataset, seed);
                if (bundle.isEmpty()) {
                    return false;
                }
                runs.add(measured(bundle.get(), dataset, folder(family.getKey(), seed)));
                write(Study.of(runs));
            }
        }
        return true;
    }

    private Optional<ModelBundle> bundle(
            Family family, Settings settings, MultimodalDataset dataset, long seed)
            throws IOException {
        Path folder = folder(family, seed);
        Training training =
                new Training(name + "-" + family.id(), family, settings, dataset, seed, folder);
        return ReproducedRun.bundle(family.id() + ", seed " + seed, training);
    }

    private List<String> compared() {
        if (families != null) {
            return families;
        }
        return isDmvae()
                ? DmvaeReproduction.FAMILIES
                : FAMILIES.stream()
                        .filter(id -> Presets.known(Family.of(id)).contains(name))
                        .toList();
    }

    private List<Long> seeds() {
        List<Long> all = isDmvae() ? DmvaeReproduction.SEEDS : SEEDS;
        return seeds == null ? all : seeds;
    }

    private Path folder(Family family, long seed) {
        return out.resolve(family.id() + "-" + seed);
    }

    /// The figures of a model, from its folder where it was measured before.
    private static StudyRun measured(ModelBundle bundle, MultimodalDataset dataset, Path folder)
            throws IOException {
        Path file = folder.resolve(MEASURED);
        if (Files.isRegularFile(file)) {
            StudyRun known = Json.MAPPER.readValue(Files.readAllBytes(file), StudyRun.class);
            if (known.fingerprint().equals(bundle.fingerprint())) {
                return known;
            }
        }
        StudyRun run = measure(bundle, dataset);
        Path draft = folder.resolve(MEASURED + ".part");
        Files.writeString(draft, Json.MAPPER.writeValueAsString(run) + "\n");
        Files.move(draft, file, StandardCopyOption.REPLACE_EXISTING);
        return run;
    }

    private static StudyRun measure(ModelBundle bundle, MultimodalDataset dataset) {
        try (Embedder model = new Embedder(bundle, EmbeddingSettings.defaults())) {
            return StudyRun.of(
                    bundle.manifest(),
                    Evaluation.of(
                            model, dataset, Split.TEST, RetrievalProtocol.standard(DRAWS_SEED)));
        }
    }

    private void write(Study study) throws IOException {
        Files.createDirectories(results);
        Files.writeString(
                results.resolve(name + ".json"), Json.MAPPER.writeValueAsString(study) + "\n");
        Files.writeString(results.resolve(name + ".md"), StudyPage.of(study, commandLine()));
    }

    /// What gives the page again: every choice.
    String commandLine() {
        return "gimbal reproduce %s%s --families %s --seeds %s%s --out DIR"
                .formatted(
                        name,
                        data.entrySet().stream()
                                .sorted(Map.Entry.comparingByKey())
                                .map(one -> " --data %s=%s".formatted(one.getKey(), shown(one)))
                                .collect(Collectors.joining()),
                        String.join(",", compared()),
                        seeds().stream().map(String::valueOf).collect(Collectors.joining(",")),
                        isDmvae() ? dmvae.commandLine() : "");
    }

    /// Numbers stay, what may be a place on this machine does not.
    private static String shown(Map.Entry<String, String> setting) {
        return setting.getValue().matches("[0-9.]+") ? setting.getValue() : "...";
    }
}
