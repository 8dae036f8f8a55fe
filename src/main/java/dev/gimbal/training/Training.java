package dev.gimbal.training;

import ai.djl.ndarray.NDManager;
import dev.gimbal.bundle.BundleException;
import dev.gimbal.bundle.Json;
import dev.gimbal.bundle.ModelBundle;
import dev.gimbal.bundle.Provenance;
import dev.gimbal.dataset.MultimodalDataset;
import dev.gimbal.dataset.Split;
import dev.gimbal.family.Family;
import dev.gimbal.family.Rivae;
import dev.gimbal.training.Settings.AlignmentMethod;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;

/// One training from data to bundle, in a folder: `checkpoint*` while it lasts, then `bundle/`,
/// `report.json` and `losses.png`.
///
/// @param name of the model
/// @param family what is trained
/// @param settings every choice
/// @param dataset what it is trained on
/// @param seed of all randomness
/// @param folder where everything is kept
public record Training(
        String name,
        Family family,
        Settings settings,
        MultimodalDataset dataset,
        long seed,
        Path folder) {
    private static final String BUNDLE = "bundle";

    /// What a training came to.
    ///
    /// @param validation retrieval on the validation split, whole
    public record Report(
            String name,
            List<Chart> charts,
            int bestEpoch,
            double seconds,
            Map<String, Double> validation,
            List<EpochRecord> epochs) {}

    /// Trains, aligns, measures and writes the bundle.
    ///
    /// @param resume whether to go on from the folder's checkpoint, when it has one
    /// @return the bundle; empty when the listener stopped the training
    /// @throws TrainingFailedException when it can't go on
    public Optional<ModelBundle> run(boolean resume, TrainingListener listener) throws IOException {
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
            return runAlone(resume, listener);
        } catch (OverlappingFileLockException e) {
            throw new TrainingFailedException("another training runs in '" + folder + "'");
        }
    }

    private Optional<ModelBundle> runAlone(boolean resume, TrainingListener listener)
            throws IOException {
        Optional<List<Chart>> charts =
                ChartSearch.run(settings, dataset, seed, folder, configuration(), resume, listener);
        if (charts.isEmpty()) {
            return Optional.empty();
        }
        long start = Chart.best(charts.get()).map(Chart::seed).orElse(seed);
        try (NDManager manager = NDManager.newBaseManager()) {
            TrainingPlan plan = Plans.of(family, settings, dataset.modalities(), start, manager);
            Trainer trainer = new Trainer(plan, folder, start, configuration(), listener);
            if (!trainer.run(dataset, resume)) {
                return Optional.empty();
            }
            align(plan);
            double seconds =
                    trainer.seconds() + charts.get().stream().mapToDouble(Chart::seconds).sum();
            Map<String, Double> validation =
                    Validation.measure(
                            plan.model(),
                            TrainingData.of(dataset, Split.VALIDATION)
                                    .map(manager, plan.model()::preprocess));
            ModelBundle bundle =
                    Bundler.bundle(name, plan.model(), dataset, provenance(seconds), validation);
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

    private void align(TrainingPlan plan) {
        if (plan.model() instanceof Rivae rivae && settings.alignment() != AlignmentMethod.NONE) {
            TrainingData train =
                    TrainingData.of(dataset, Split.TRAIN).map(rivae.manager(), rivae::preprocess);
            switch (settings.alignment()) {
                case NONE -> {}
                case FASTICA -> Aligner.fastIca(rivae, train, seed);
                case PROCRUSTES ->
                        Aligner.procrustes(
                                rivae,
                                train,
                                dataset.factors(Split.TRAIN),
                                Objects.requireNonNull(settings.labelled()));
            }
            rivae.parameters().remove(Anchor.PARAMETER);
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
                        && Json.MAPPER
                                .valueToTree(from.settings())
                                .equals(
                                        Json.MAPPER.readTree(
                                                Json.MAPPER.writeValueAsString(settings)));
        return same ? Optional.of(bundle) : Optional.empty();
    }

    private String configuration() {
        String all =
                family.id()
                        + Json.MAPPER.writeValueAsString(settings)
                        + dataset.fingerprint()
                        + seed;
        return ModelBundle.sha256(all.getBytes(StandardCharsets.UTF_8));
    }

    @SuppressWarnings("unchecked")
    private Provenance provenance(double seconds) {
        return new Provenance(
                dataset.name(),
                dataset.fingerprint(),
                seed,
                BuildInfo.commit(),
                new TreeMap<>(Bundler.versions()),
                Json.MAPPER.convertValue(settings, Map.class),
                Instant.now(),
                seconds);
    }
}
