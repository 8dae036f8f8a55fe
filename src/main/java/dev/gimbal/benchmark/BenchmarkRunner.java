package dev.gimbal.benchmark;

import dev.gimbal.bundle.Json;
import dev.gimbal.dataset.BadInputException;
import dev.gimbal.dataset.DatasetOptions;
import dev.gimbal.dataset.Datasets;
import dev.gimbal.dataset.MultimodalDataset;
import dev.gimbal.dataset.Split;
import dev.gimbal.embedding.Embedder;
import dev.gimbal.retrieval.ActiveModels;
import dev.gimbal.store.BenchmarkRun;
import dev.gimbal.store.BenchmarkRuns;
import dev.gimbal.store.Progress;
import java.time.Clock;
import java.util.Map;
import java.util.UUID;
import org.springframework.stereotype.Component;

/// Runs a benchmark on a data set's test split and keeps its result in the database.
@Component
public final class BenchmarkRunner {
    private static final long DATA_SEED = 1;

    private final ActiveModels models;
    private final BenchmarkRuns runs;

    /// A runner over the models that the service knows.
    public BenchmarkRunner(ActiveModels models, BenchmarkRuns runs) {
        this.models = models;
        this.runs = runs;
    }

    /// Refuses a plan that cannot be run, before it is queued.
    ///
    /// @throws BadInputException naming the field
    public void check(BenchmarkPlan plan) {
        MultimodalDataset dataset = open(plan);
        if (plan.size() > dataset.size(Split.TEST)) {
            throw new BadInputException(
                    "size",
                    plan.size(),
                    "the test split of '%s' has %d pairs"
                            .formatted(plan.dataset(), dataset.size(Split.TEST)));
        }
        Embedder model = models.get(plan.model());
        if (!model.manifest().modalities().equals(dataset.modalities())) {
            throw new BadInputException(
                    "dataset",
                    plan.dataset(),
                    "its modalities are not those of model '%s'"
                            .formatted(model.manifest().name()));
        }
    }

    /// Runs it.
    ///
    /// @param id under which the result is kept
    public BenchmarkRun run(UUID id, BenchmarkPlan plan, Progress progress) {
        progress.report(0, 1);
        MultimodalDataset dataset = open(plan);
        Embedder model = models.get(plan.model());
        Evaluation evaluation =
                Evaluation.of(
                        model,
                        dataset,
                        Split.TEST,
                        new RetrievalProtocol(plan.size(), plan.draws(), plan.seed()),
                        progress::checkCancelled);
        progress.checkCancelled();
        progress.report(1, 1);
        return runs.save(
                new BenchmarkRun(
                        id,
                        "retrieval-and-traversal",
                        plan.seed(),
                        plan.model(),
                        dataset.fingerprint(),
                        Json.MAPPER.valueToTree(plan),
                        Json.MAPPER.valueToTree(environment()),
                        Json.MAPPER.valueToTree(evaluation),
                        Clock.systemUTC().instant()));
    }

    /// What the same numbers need again.
    private static Map<String, String> environment() {
        return Map.of(
                "processors", String.valueOf(Runtime.getRuntime().availableProcessors()),
                "architecture", System.getProperty("os.arch"),
                "java", Runtime.version().toString());
    }

    private static MultimodalDataset open(BenchmarkPlan plan) {
        return Datasets.of(plan.dataset()).open(DatasetOptions.seeded(DATA_SEED));
    }
}
