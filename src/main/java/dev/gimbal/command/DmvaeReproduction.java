package dev.gimbal.command;

import dev.gimbal.benchmark.GenerativeEvaluation;
import dev.gimbal.benchmark.GenerativeFigures;
import dev.gimbal.benchmark.GenerativePage;
import dev.gimbal.benchmark.GenerativePage.Figure;
import dev.gimbal.benchmark.GenerativeRun;
import dev.gimbal.bundle.BundleException;
import dev.gimbal.bundle.Json;
import dev.gimbal.bundle.ModelBundle;
import dev.gimbal.bundle.Oracle;
import dev.gimbal.dataset.BadInputException;
import dev.gimbal.dataset.DatasetOptions;
import dev.gimbal.dataset.Datasets;
import dev.gimbal.dataset.Modality;
import dev.gimbal.dataset.MultimodalDataset;
import dev.gimbal.dataset.Split;
import dev.gimbal.embedding.Embedder;
import dev.gimbal.embedding.EmbeddingSettings;
import dev.gimbal.family.Family;
import dev.gimbal.training.ClassifierSettings;
import dev.gimbal.training.OracleTraining;
import dev.gimbal.training.Presets;
import dev.gimbal.training.Training;
import dev.gimbal.training.VaeSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/// `gimbal reproduce dmvae`: Tables 1 and 3 and Figs. 4 and 5 of Lee and Pavlovic 2021 on the data
/// whose folders are named.
///
/// A run that is complete in `out` is taken from there, and one that was interrupted goes on, so
/// the command can be given again; the page is written after every run.
final class DmvaeReproduction {
    /// Compared, unless told otherwise.
    static final List<String> FAMILIES = List.of("dmvae", "mmvae", "mvae", "mopoe");

    /// Unless told otherwise.
    static final List<Long> SEEDS = List.of(1L, 2L, 3L);

    private static final long MEASURED_SEED = 1;

    /// Unless told otherwise, those of them whose folders are named.
    private static final List<String> DATASETS =
            List.of("mnist-street", "mnist-speech", "mnist-svhn");

    /// Settings that name a folder, and the part of a data set's name that needs it.
    private static final Set<String> FOLDERS = Set.of("mnist", "speech", "svhn");

    private final Path out;
    private final Path results;
    private final Map<String, String> data;
    private final Plan plan;

    /// What is trained.
    ///
    /// @param command that asks for it, for the page
    record Plan(List<String> families, List<Long> seeds, Options options, String command) {}

    /// What only this reproduction can be told.
    static final class Options {
        @Option(
                names = "--datasets",
                split = ",",
                description =
                        "dmvae: default: those of mnist-street,mnist-speech,mnist-svhn whose"
                                + " folders are named")
        private @Nullable List<String> datasets;

        @Option(
                names = "--steps",
                description = "dmvae: of every training; default: those of the presets")
        private @Nullable Integer steps;

        @Option(
                names = "--no-ablation",
                description =
                        "dmvae: leave out the ablation, which is of the first data set and seed")
        private boolean noAblation;

        /// As they are given.
        String commandLine() {
            return "%s%s%s"
                    .formatted(
                            datasets == null ? "" : " --datasets " + String.join(",", datasets),
                            steps == null ? "" : " --steps " + steps,
                            noAblation ? " --no-ablation" : "");
        }
    }

    /// @param out folder that holds a folder a run
    /// @param results folder of dmvae.json, dmvae.md and the figures
    /// @param data folders of digits by name: `mnist`, `speech`, `svhn`
    DmvaeReproduction(Path out, Path results, Map<String, String> data, Plan plan) {
        this.out = out;
        this.results = results;
        this.data = data;
        this.plan = plan;
    }

    private final List<GenerativeRun> runs = new ArrayList<>();
    private final List<Figure> figures = new ArrayList<>();

    /// Whether it came to its end.
    boolean run() throws IOException {
        List<String> named = datasets();
        for (String dataset : named) {
            open(dataset);
            plan.families.forEach(family -> preset(Family.of(family), dataset));
        }
        for (String dataset : named) {
            if (!reproduce(dataset, dataset.equals(named.getFirst()) && !plan.options.noAblation)) {
                return false;
            }
        }
        return true;
    }

    private List<String> datasets() {
        List<String> asked = plan.options.datasets;
        if (asked != null) {
            return asked;
        }
        List<String> named =
                DATASETS.stream().filter(one -> data.keySet().containsAll(folders(one))).toList();
        if (named.isEmpty()) {
            throw new BadInputException("data", data.keySet(), "names the folders of no data set");
        }
        return named;
    }

    /// The folders that a data set is made from; street numbers are made from MNIST.
    private static Set<String> folders(String dataset) {
        Set<String> parts = new HashSet<>(List.of(dataset.split("-", -1)));
        parts.retainAll(FOLDERS);
        return parts;
    }

    /// The data with the settings that are theirs: all but other data sets' folders.
    private MultimodalDataset open(String dataset) {
        Map<String, String> settings = new LinkedHashMap<>(data);
        Set<String> own = folders(dataset);
        settings.keySet().removeIf(name -> FOLDERS.contains(name) && !own.contains(name));
        return Datasets.of(dataset).open(new DatasetOptions(MEASURED_SEED, settings));
    }

    private boolean reproduce(String dataset, boolean ablates) throws IOException {
        MultimodalDataset examples = open(dataset);
        Optional<Oracle> trained = oracle(examples);
        if (trained.isEmpty()) {
            return false;
        }
        try (Oracle oracle = trained.get()) {
            for (String id : plan.families) {
                Family family = Family.of(id);
                for (long seed : plan.seeds) {
                    if (!run(family, "", preset(family, dataset), seed, examples, oracle)) {
                        return false;
                    }
                }
            }
            return !ablates || ablate(dataset, examples, oracle);
        }
    }

    /// Table 3, row by row.
    private boolean ablate(String dataset, MultimodalDataset examples, Oracle oracle)
            throws IOException {
        VaeSettings whole = preset(Family.DMVAE, dataset);
        List<String> names = examples.modalities().stream().map(Modality::name).toList();
        String there = VaeSettings.cross(names.get(0), names.get(1));
        String back = VaeSettings.cross(names.get(1), names.get(0));
        Map<String, VaeSettings> variants = new LinkedHashMap<>();
        variants.put("joint (product of experts)", whole.without(List.of(VaeSettings.JOINT)));
        variants.put(there, whole.without(List.of(there)));
        variants.put(back, whole.without(List.of(back)));
        variants.put(there + ", " + back, whole.without(List.of(there, back)));
        variants.put("private latents", whole.withoutPrivates());
        for (Map.Entry<String, VaeSettings> variant : variants.entrySet()) {
            if (!run(
                    Family.DMVAE,
                    variant.getKey(),
                    variant.getValue(),
                    plan.seeds.getFirst(),
                    examples,
                    oracle)) {
                return false;
            }
        }
        return true;
    }

    private VaeSettings preset(Family family, String dataset) {
        VaeSettings preset = (VaeSettings) Presets.of(family, dataset);
        Integer steps = plan.options.steps;
        return steps == null ? preset : preset.withSteps(steps);
    }

    private Optional<Oracle> oracle(MultimodalDataset examples) throws IOException {
        Path folder = out.resolve(examples.name()).resolve("oracle");
        try {
            Oracle found = Oracle.read(folder);
            if (found.card().provenance().dataFingerprint().equals(examples.fingerprint())) {
                return Optional.of(found);
            }
            found.close();
        } catch (BundleException absent) {
            System.out.println("oracle: training in " + folder);
        }
        try (TrainingProgress progress = new TrainingProgress()) {
            Optional<Oracle> trained =
                    new OracleTraining(
                                    examples, "digit", ClassifierSettings.STANDARD, MEASURED_SEED)
                            .run(progress);
            if (trained.isPresent()) {
                trained.get().write(folder);
            }
            return trained;
        }
    }

    private boolean run(
            Family family,
            String variant,
            VaeSettings settings,
            long seed,
            MultimodalDataset examples,
            Oracle oracle)
            throws IOException {
        String name = variant.isEmpty() ? family.id() : family.id() + "-without-" + slug(variant);
        Path folder = out.resolve(examples.name()).resolve(name + "-" + seed);
        Training training =
                new Training(
                        examples.name() + "-" + name, family, settings, examples, seed, folder);
        Optional<ModelBundle> bundle = ReproducedRun.bundle(name + ", seed " + seed, training);
        if (bundle.isEmpty()) {
            return false;
        }
        try (Embedder model = new Embedder(bundle.get(), EmbeddingSettings.defaults())) {
            runs.add(
                    GenerativeRun.of(
                            bundle.get().manifest(),
                            variant,
                            settings.stepsTaken(examples.size(Split.TRAIN)),
                            GenerativeEvaluation.of(
                                    model, examples, Split.TEST, oracle, MEASURED_SEED)));
            if (variant.isEmpty() && seed == plan.seeds.getFirst()) {
                draw(model, family, examples, oracle);
            }
        }
        write();
        return true;
    }

    private void draw(Embedder model, Family family, MultimodalDataset examples, Oracle oracle)
            throws IOException {
        Files.createDirectories(results);
        GenerativeFigures drawings = new GenerativeFigures(model, examples, oracle.card());
        String prefix = "dmvae-%s-%s".formatted(examples.name(), family.id());
        List<String> names = examples.modalities().stream().map(Modality::name).toList();
        for (int i = 0; i < 2; i++) {
            String from = names.get(i);
            String to = names.get(1 - i);
            String file = "%s-from-%s.png".formatted(prefix, from);
            drawings.crossSynthesis(from, to, results.resolve(file));
            figures.add(
                    new Figure(
                            examples.name(),
                            file,
                            "%s: %s drawn from %s, five styles".formatted(family.id(), to, from)));
        }
        String map = prefix + "-map.png";
        drawings.map(family.id() + ", shared latents by t-SNE", results.resolve(map));
        figures.add(new Figure(examples.name(), map, family.id() + ": shared latents by t-SNE"));
    }

    private void write() throws IOException {
        Files.createDirectories(results);
        Files.writeString(
                results.resolve("dmvae.json"), Json.MAPPER.writeValueAsString(runs) + "\n");
        Files.writeString(
                results.resolve("dmvae.md"), GenerativePage.of(runs, figures, plan.command));
    }

    private static String slug(String variant) {
        return variant.replaceAll("[^a-z]+", "-").replaceAll("-$", "");
    }
}
