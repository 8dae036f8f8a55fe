package dev.gimbal.command;

import dev.gimbal.benchmark.ClassEvaluation;
import dev.gimbal.benchmark.Evaluation;
import dev.gimbal.benchmark.GenerativeEvaluation;
import dev.gimbal.benchmark.RetrievalProtocol;
import dev.gimbal.bundle.Json;
import dev.gimbal.bundle.ModelBundle;
import dev.gimbal.bundle.Oracle;
import dev.gimbal.dataset.BadInputException;
import dev.gimbal.dataset.ClassFactor;
import dev.gimbal.dataset.MultimodalDataset;
import dev.gimbal.dataset.Split;
import dev.gimbal.embedding.Embedder;
import dev.gimbal.embedding.EmbeddingSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.node.ObjectNode;

/// `gimbal evaluate`: retrieval and disentanglement of a bundle on a data set.
@Command(
        name = "evaluate",
        description =
                "Measures a bundle: recall, ranks, D/C/I; of one that draws coherence as well."
                        + " Prints JSON.",
        mixinStandardHelpOptions = true)
final class EvaluateCommand implements Callable<Integer> {

    @Parameters(paramLabel = "BUNDLE", description = "folder of the bundle")
    private Path bundle = Path.of(".");

    @Mixin private DataOptions data = new DataOptions();

    @Option(
            names = "--split",
            defaultValue = "test",
            description = "train, validation or test (${DEFAULT-VALUE})")
    private String split = "";

    @Option(names = "--size", defaultValue = "1000", description = "items of a search set")
    private int size;

    @Option(names = "--draws", defaultValue = "10", description = "search sets drawn")
    private int draws;

    @Option(names = "--seed", defaultValue = "1", description = "of the draws")
    private long seed;

    @Option(
            names = "--oracle",
            description =
                    "folder of an oracle, which judges what a model that draws makes of the data")
    private @Nullable Path oracle;

    @Option(
            names = "--classes",
            paramLabel = "FACTOR",
            description =
                    "true factor: how well a model that draws finds its classes, and what its"
                            + " latents know of them")
    private @Nullable String classes;

    @Option(names = "--executable", description = "lets a bundle of imported encoders run its code")
    private boolean executable;

    @Option(names = "--out", description = "file for the JSON; default: standard output")
    private @Nullable Path out;

    @Override
    public Integer call() throws IOException {
        Split measured = split();
        MultimodalDataset examples = data.open();
        ModelBundle read = ModelBundle.read(bundle);
        EmbeddingSettings settings = EmbeddingSettings.defaults();
        try (Embedder model = new Embedder(read, executable ? settings.allowing(read) : settings);
                Oracle judge = oracle == null ? null : judge(oracle, model, examples)) {
            warn(read, examples);
            ClassFactor factor = classes == null ? null : factor(classes, model, examples);
            ObjectNode all =
                    Json.MAPPER.valueToTree(
                            Evaluation.of(
                                    model,
                                    examples,
                                    measured,
                                    new RetrievalProtocol(size, draws, seed)));
            if (factor != null) {
                all.putPOJO("classes", ClassEvaluation.of(model, examples, measured, factor));
            }
            if (judge != null) {
                all.putPOJO(
                        "generative",
                        GenerativeEvaluation.of(model, examples, measured, judge, seed));
            }
            String json = Json.MAPPER.writeValueAsString(all);
            if (out == null) {
                System.out.println(json);
            } else {
                Files.writeString(out, json + "\n");
            }
            return 0;
        }
    }

    /// Before a long evaluation, not after it, a factor is found to be there.
    private static ClassFactor factor(String name, Embedder model, MultimodalDataset examples) {
        requireGenerative("classes", name, model);
        return ClassFactor.of(examples, name);
    }

    /// And an oracle to be of these data.
    private static Oracle judge(Path folder, Embedder model, MultimodalDataset examples) {
        requireGenerative("oracle", folder, model);
        Oracle judge = Oracle.read(folder);
        try {
            judge.card().tells().labels(examples.factors(Split.TRAIN));
            return judge;
        } catch (RuntimeException e) {
            judge.close();
            throw e;
        }
    }

    private static void requireGenerative(String option, Object value, Embedder model) {
        if (model.manifest().architecture().generative() == null) {
            throw new BadInputException(
                    option,
                    value,
                    "is for models that draw, and %s is none"
                            .formatted(model.manifest().family().id()));
        }
    }

    /// Another split, seed or version of the data may test what was trained on.
    private static void warn(ModelBundle bundle, MultimodalDataset examples) {
        String trained = bundle.manifest().provenance().dataFingerprint();
        boolean known = !trained.equals("unknown") && !bundle.manifest().executable();
        if (known && !trained.equals(examples.fingerprint())) {
            System.err.printf(
                    "note: the model was trained on data %.12s, these are %.12s: of another split or seed, or embedded then; training examples may be among those measured%n",
                    trained, examples.fingerprint());
        }
    }

    private Split split() {
        return Arrays.stream(Split.values())
                .filter(known -> known.name().equalsIgnoreCase(split))
                .findFirst()
                .orElseThrow(() ->
                        new BadInputException("split", split, "must be train, validation or test"));
    }
}
