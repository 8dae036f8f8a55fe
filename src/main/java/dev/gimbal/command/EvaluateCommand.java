package dev.gimbal.command;

import dev.gimbal.benchmark.Evaluation;
import dev.gimbal.benchmark.RetrievalProtocol;
import dev.gimbal.bundle.Json;
import dev.gimbal.bundle.ModelBundle;
import dev.gimbal.dataset.DatasetOptions;
import dev.gimbal.dataset.Datasets;
import dev.gimbal.dataset.MultimodalDataset;
import dev.gimbal.dataset.Split;
import dev.gimbal.embedding.Embedder;
import dev.gimbal.embedding.EmbeddingSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `gimbal evaluate`: retrieval and disentanglement of a bundle on a data set.
@Command(
        name = "evaluate",
        description = "Measures a bundle: recall, ranks, D/C/I. Prints JSON.",
        mixinStandardHelpOptions = true)
final class EvaluateCommand implements Callable<Integer> {

    @Parameters(paramLabel = "BUNDLE", description = "folder of the bundle")
    private Path bundle = Path.of(".");

    @Option(names = "--dataset", required = true, description = "synth, sprites or pairs")
    private String dataset = "";

    @Option(names = "--data", description = "settings of the data set, such as x1=FILE")
    private Map<String, String> data = Map.of();

    @Option(
            names = "--data-seed",
            defaultValue = "1",
            description = "of the data's generator and split (${DEFAULT-VALUE})")
    private long dataSeed;

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

    @Option(names = "--out", description = "file for the JSON; default: standard output")
    private @Nullable Path out;

    @Override
    public Integer call() throws IOException {
        MultimodalDataset examples = Datasets.of(dataset).open(new DatasetOptions(dataSeed, data));
        try (Embedder model =
                new Embedder(ModelBundle.read(bundle), EmbeddingSettings.defaults())) {
            Evaluation evaluation =
                    Evaluation.of(
                            model,
                            examples,
                            Split.valueOf(split.toUpperCase(Locale.ROOT)),
                            new RetrievalProtocol(size, draws, seed));
            String json = Json.MAPPER.writeValueAsString(evaluation);
            if (out == null) {
                System.out.println(json);
            } else {
                Files.writeString(out, json + "\n");
            }
            return 0;
        }
    }
}
