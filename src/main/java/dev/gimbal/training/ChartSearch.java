package dev.gimbal.training;

import ai.djl.ndarray.NDManager;
import dev.gimbal.dataset.MultimodalDataset;
import dev.gimbal.dataset.Split;
import dev.gimbal.family.Family;
import dev.gimbal.family.Rivae;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Tries several starts up to the first alignment, and keeps the one whose z shows the cleanest
/// independent factors, by [FastIca.Components#subGaussianity]. No label is read.
///
/// How flat a chart comes out is luck of the start, and can be seen early: the rest of a training
/// then only has to keep it. What is judged of each start is the epoch that is best on validation
/// data; what goes on is the best start trained anew from its seed, which the first alignment finds
/// at its last epoch.
final class ChartSearch {
    private static final long SPACING = 1_000;

    private ChartSearch() {}

    /// All charts tried, in order, none when settings ask for one start only; empty when the
    /// listener stopped the search.
    static Optional<List<Chart>> run(
            PairedSettings settings,
            MultimodalDataset dataset,
            long seed,
            Path folder,
            String configuration,
            boolean resume,
            TrainingListener listener)
            throws IOException {
        List<Chart> charts = new ArrayList<>();
        for (int attempt = 0; settings.charts() > 1 && attempt < settings.charts(); attempt++) {
            long own = seed * SPACING + attempt;
            Path place = place(folder, attempt);
            Optional<Chart> chart =
                    start(settings, dataset, own, place, configuration, resume, listener);
            if (chart.isEmpty()) {
                return Optional.empty();
            }
            charts.add(chart.get());
        }
        return Optional.of(charts);
    }

    private static Optional<Chart> start(
            PairedSettings settings,
            MultimodalDataset dataset,
            long seed,
            Path folder,
            String configuration,
            boolean resume,
            TrainingListener listener)
            throws IOException {
        try (NDManager manager = NDManager.newBaseManager()) {
            TrainingPlan plan =
                    Plans.of(Family.RIVAE, settings, dataset, seed, manager).untilFirstAlignment();
            Trainer trainer = new Trainer(plan, folder, seed, configuration + seed, listener);
            if (!trainer.run(settings.seen(dataset, seed), resume)
                    || !(plan.model() instanceof Rivae model)) {
                return Optional.empty();
            }
            TrainingData train =
                    TrainingData.of(dataset, Split.TRAIN, model.architecture())
                            .map(manager, model::preprocess);
            return Optional.of(
                    new Chart(seed, subGaussianity(model, train, seed), trainer.seconds()));
        }
    }

    /// On average over the directions.
    private static double subGaussianity(Rivae model, TrainingData train, long seed) {
        return model.directions().stream()
                .mapToDouble(side -> FastIca.fit(Aligner.means(side, train), seed).subGaussianity())
                .average()
                .orElseThrow();
    }

    /// Whether a folder holds a search, complete or not.
    static boolean isBegun(Path folder) {
        return Checkpoint.isIn(place(folder, 0));
    }

    private static Path place(Path folder, int attempt) {
        return folder.resolve("chart-" + attempt);
    }
}
