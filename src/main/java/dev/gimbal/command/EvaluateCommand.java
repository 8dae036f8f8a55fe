package dev.gimbal.command;

import dev.gimbal.benchmark.Evaluation;
import dev.gimbal.benchmark.RetrievalProtocol;
import dev.gimbal.bundle.Json;
import dev.gimbal.bundle.ModelBundle;
import dev.gimbal.dataset.BadInputException;
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

/// `gimbal evaluate`: retrieval and disentanglement of a bundle on a data set.
@Command(
        name = "evaluate",
        description = "Measures a bundle: recall, ranks, D/C/I. Prints JSON.",
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
        try (Embedder model = new Embedder(read, executable ? settings.allowing(read) : settings)) {
            Evaluation evaluation =
                    Evaluation.of(
                            model, examples, measured, new RetrievalProtocol(size, draws, seed));
            String json = Json.MAPPER.writeValueAsString(evaluation);
            if (out == null) {
                System.out.println(json);
            } else {
                Files.writeString(out, json + "\n");
            }
            return 0;
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
