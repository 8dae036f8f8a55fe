package dev.gimbal.training;

import ai.djl.ndarray.NDManager;
import dev.gimbal.bundle.BundleException;
import dev.gimbal.bundle.Json;
import dev.gimbal.bundle.LatentSpace;
import dev.gimbal.bundle.ModelBundle;
import dev.gimbal.bundle.Provenance;
import dev.gimbal.dataset.BadInputException;
import dev.gimbal.dataset.MultimodalDataset;
import dev.gimbal.dataset.Split;
import dev.gimbal.family.Alignment;
import dev.gimbal.family.Family;
import dev.gimbal.family.Rivae;
import dev.gimbal.training.PairedSettings.AlignmentMethod;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/// One training from data to bundle, in a folder: `checkpoint*` while it lasts, then `bundle/`,
/// `report.json` and `losses.png`.
///
/// @param name of the model
/// @param family what is trained
/// @param settings every choice
/// @param dataset what it is trained on
/// @param seed of all randomness
/// @param folder where everything is kept
/// @param labels of a few training examples, for the alignment by Procrustes and nothing else
public record Training(
        String name,
        Family family,
        Settings settings,
        MultimodalDataset dataset,
        long seed,
        Path folder,
        @Nullable Labels labels) {
    private static final String BUNDLE = "bundle";

    /// A training that sees no labels.
    public Training(
            String name,
            Family family,
            Settings settings,
            MultimodalDataset dataset,
            long seed,
            Path folder) {
        this(name, family, settings, dataset, seed, folder, null);
    }

    /// What a training came to.
    ///
    /// @param validation what the criterion measures on validation data, at most their first 2,000
    ///   examples: of paired models retrieval, of generative ones the loss
    public record Report(
            String name,
            List<Chart> charts,
            int bestEpoch,
            double seconds,
            Map<String, Double> validation,
            List<EpochRecord> epochs) {}

    /// Whether a folder holds a training, complete or not.
    public static boolean isBegun(Path folder) {
        return Checkpoint.isIn(folder)
                || ChartSearch.isBegun(folder)
                || Files.isDirectory(folder.resolve(BUNDLE));
    }

    /// Trains, aligns, measures and writes the bundle.
    ///
    /// @param resume whether to go on from the folder's checkpoint, when it has one
    /// @return the bundle; empty when the listener stopped the training
    /// @throws TrainingFailedException when it can't go on
    /// @throws dev.gimbal.dataset.BadInputException when labels are missing, or can't be used
    public Optional<ModelBundle> run(boolean resume, TrainingListener listener) throws IOException {
        Optional<Labels.Rows> labelled = labelled();
        Files.createDirectories(folder);
        try (FileChannel channel =
                        FileChannel.open(
                                folder.resolve("training.lock"),
                                StandardOpenOption.CREATE,
                                StandardOpenOption.WRITE);
                FileLock lock = channel.tryLock()) {
            if (lock == null) {
                throw new TrainingFailedException("another training runs in '" + folder + "'");
            }
            return runAlone(resume, listener, labelled);
        } catch (OverlappingFileLockException e) {
            throw new TrainingFailedException("another training runs in '" + folder + "'");
        }
    }

    private Optional<ModelBundle> runAlone(
            boolean resume, TrainingListener listener, Optional<Labels.Rows> labelled)
            throws IOException {
        Optional<List<Chart>> charts =
                family == Family.RIVAE && settings instanceof PairedSettings paired
                        ? ChartSearch.run(
                                paired, dataset, seed, folder, configuration(), resume, listener)
                        : Optional.of(List.of());
        if (charts.isEmpty()) {
            return Optional.empty();
        }
        long start = Chart.best(charts.get()).map(Chart::seed).orElse(seed);
        try (NDManager manager = NDManager.newBaseManager()) {
            TrainingPlan plan = Plans.of(family, settings, dataset, start, manager);
            Trainer trainer = new Trainer(plan, folder, start, configuration(), listener);
            if (!trainer.run(seen(), resume)) {
                return Optional.empty();
            }
            align(plan, labelled, listener);
            double seconds =
                    trainer.seconds() + charts.get().stream().mapToDouble(Chart::seconds).sum();
            Map<String, Double> validation = trainer.validate(dataset);
            ModelBundle bundle =
                    Bundler.bundle(name, plan.model(), dataset, provenance(seconds), validation);
            if (labels != null) {
                List<LatentSpace> named =
                        bundle.manifest().latentSpaces().stream().map(labels::named).toList();
                bundle =
                        new ModelBundle(
                                bundle.manifest().withLatentSpaces(named), bundle.weights());
            }
            bundle.write(folder.resolve(BUNDLE));
            Report report =
                    new Report(
                            name,
                            charts.get(),
                            trainer.bestEpoch(),
                            seconds,
                            validation,
                            trainer.history());
            Files.writeString(
                    folder.resolve("report.json"), Json.MAPPER.writeValueAsString(report) + "\n");
            LossCurves.draw(report.epochs(), folder.resolve("losses.png"));
            return Optional.of(bundle);
        }
    }

    private MultimodalDataset seen() {
        return settings instanceof PairedSettings paired ? paired.seen(dataset, seed) : dataset;
    }

    /// Before hours of training, not after them, labels are found to be there and enough.
    private Optional<Labels.Rows> labelled() {
        if (!(settings instanceof PairedSettings paired)) {
            if (labels != null) {
                throw new BadInputException(
                        "labels", labels.names(), "are of no use to " + family.id());
            }
            return Optional.empty();
        }
        boolean needed = family == Family.RIVAE && paired.alignment() == AlignmentMethod.PROCRUSTES;
        Integer examples = paired.labelled();
        if (labels == null && needed && examples != null) {
            return Optional.of(Labels.first(dataset, examples).in(dataset, paired.latent()));
        }
        if (needed != (labels != null)) {
            throw new BadInputException(
                    "alignment",
                    paired.alignment(),
                    needed
                            ? "needs labels of a few training examples"
                            : "of %s takes no labels".formatted(family.id()));
        }
        return Optional.ofNullable(labels).map(l -> l.in(dataset, paired.latent()));
    }

    private void align(
            TrainingPlan plan, Optional<Labels.Rows> labelled, TrainingListener listener) {
        if (!(plan.model() instanceof Rivae rivae)
                || !(settings instanceof PairedSettings paired)
                || paired.alignment() == AlignmentMethod.NONE) {
            return;
        }
        TrainingData train =
                TrainingData.of(dataset, Split.TRAIN, rivae.architecture())
                        .map(rivae.manager(), rivae::preprocess);
        List<Rivae> directions = rivae.directions();
        switch (paired.alignment()) {
            case NONE -> {}
            case FASTICA -> {
                fastIca(directions, train, listener);
                Anchor.drop(rivae);
            }
            case PROCRUSTES ->
                    directions.forEach(
                            side -> Aligner.procrustes(side, train, labelled.orElseThrow()));
        }
    }

    /// What was trained is not lost where its z leaves directions empty.
    private void fastIca(List<Rivae> directions, TrainingData train, TrainingListener listener) {
        List<Alignment> before = directions.stream().map(Rivae::alignment).toList();
        try {
            Aligner.fastIca(directions, train, seed);
        } catch (BadInputException e) {
            for (int i = 0; i < before.size(); i++) {
                directions.get(i).align(before.get(i));
            }
            listener.warning("z is not aligned: " + e.getMessage());
        }
    }

    /// The folder's bundle, when it is complete and of this very family, settings, data and seed.
    public Optional<ModelBundle> finished() {
        Path place = folder.resolve(BUNDLE);
        if (!Files.isDirectory(place)) {
            return Optional.empty();
        }
        ModelBundle bundle;
        try {
            bundle = ModelBundle.read(place);
        } catch (BundleException e) {
            return Optional.empty();
        }
        Provenance from = bundle.manifest().provenance();
        boolean same =
                bundle.manifest().family() == family
                        && from.seed() == seed
                        && from.dataFingerprint().equals(dataset.fingerprint())
                        && asJson(from.settings()).equals(asJson(configured()));
        return same ? Optional.of(bundle) : Optional.empty();
    }

    private static JsonNode asJson(Map<String, Object> settings) {
        return Json.MAPPER.readTree(Json.MAPPER.writeValueAsString(settings));
    }

    private String configuration() {
        String all =
                family.id()
                        + Json.MAPPER.writeValueAsString(settings)
                        + dataset.fingerprint()
                        + seed;
        return ModelBundle.sha256(all.getBytes(StandardCharsets.UTF_8));
    }

    private Provenance provenance(double seconds) {
        return BuildInfo.provenance(
                dataset.name(), dataset.fingerprint(), seed, configured(), seconds);
    }

    /// Every setting, and whose labels were seen.
    @SuppressWarnings("unchecked")
    private Map<String, Object> configured() {
        Map<String, Object> all = new TreeMap<>(Json.MAPPER.convertValue(settings, Map.class));
        if (labels != null) {
            all.put("labels", Map.of("names", labels.names(), "ids", labels.values().keySet()));
        }
        return all;
    }
}
