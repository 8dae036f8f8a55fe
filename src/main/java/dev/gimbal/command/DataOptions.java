package dev.gimbal.command;

import dev.gimbal.dataset.DatasetOptions;
import dev.gimbal.dataset.Datasets;
import dev.gimbal.dataset.MultimodalDataset;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/// Which data set a command works on: options that several commands share.
final class DataOptions {

    @Option(
            names = "--dataset",
            required = true,
            description =
                    "synth, sprites, plates, digits, mnist-svhn, mnist-street, mnist-speech,"
                            + " mnist-street-speech, embeddings, recipes, recipe1m, or pairs,"
                            + " which are your own")
    private String dataset = "";

    @Option(
            names = "--data-seed",
            defaultValue = "1",
            description = "of the data's generator and split (${DEFAULT-VALUE})")
    private long seed;

    @Option(names = "--x1", description = "pairs: matrix of the query side, .npy or .safetensors")
    private @Nullable Path x1;

    @Option(names = "--x2", description = "pairs: matrix of the other side, as many rows")
    private @Nullable Path x2;

    @Option(names = "--ids", description = "pairs: text file of one id a line")
    private @Nullable Path ids;

    @Option(
            names = "--factors",
            description =
                    "pairs: true factors, a matrix or .csv with a header; only metrics see it")
    private @Nullable Path factors;

    @Option(
            names = "--data",
            description = "any setting of the data set, such as validation=0.1",
            paramLabel = "NAME=VALUE")
    private Map<String, String> settings = Map.of();

    /// The data set's name.
    String dataset() {
        return dataset;
    }

    /// Makes or reads it.
    ///
    /// @throws dev.gimbal.dataset.BadInputException naming the setting or file that cannot be used
    MultimodalDataset open() {
        Map<String, String> all = new TreeMap<>(settings);
        put(all, "x1", x1);
        put(all, "x2", x2);
        put(all, "ids", ids);
        put(all, "factors", factors);
        return Datasets.of(dataset).open(new DatasetOptions(seed, all));
    }

    private static void put(Map<String, String> settings, String name, @Nullable Path file) {
        if (file != null) {
            settings.put(name, file.toString());
        }
    }
}
