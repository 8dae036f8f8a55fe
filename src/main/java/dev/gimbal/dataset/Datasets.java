package dev.gimbal.dataset;

import dev.gimbal.dataset.digits.DigitSets;
import dev.gimbal.dataset.plates.PlateSizes;
import dev.gimbal.dataset.plates.Plates;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Set;
import java.util.function.Function;

/// The registry of data sets: one line each. It drives the command line and its help.
public enum Datasets {
    SYNTH("synth", options -> new Synth(options.allowing(Set.of()).seed())),
    SPRITES("sprites", options -> new Sprites(options.allowing(Set.of()).seed())),
    PLATES("plates", Datasets::plates),
    DIGITS("digits", DigitSets::drawn),
    MNIST_SVHN("mnist-svhn", DigitSets::mnistSvhn),
    MNIST_STREET("mnist-street", DigitSets::mnistStreet),
    MNIST_SPEECH("mnist-speech", DigitSets::mnistSpeech),
    MNIST_STREET_SPEECH("mnist-street-speech", DigitSets::mnistStreetSpeech),
    EMBEDDINGS("embeddings", Datasets::embeddings),
    RECIPES("recipes", Datasets::recipes),
    RECIPE1M("recipe1m", Datasets::recipe1M),
    PAIRS("pairs", Datasets::pairs);

    private final String id;
    private final Function<DatasetOptions, MultimodalDataset> factory;

    Datasets(String id, Function<DatasetOptions, MultimodalDataset> factory) {
        this.id = id;
        this.factory = factory;
    }

    /// The name on the command line.
    public String id() {
        return id;
    }

    /// Makes or reads the data set.
    ///
    /// @throws BadInputException naming the setting or file that cannot be used
    public MultimodalDataset open(DatasetOptions options) {
        return factory.apply(options);
    }

    /// The data set of that name.
    ///
    /// @throws BadInputException when there is none
    public static Datasets of(String id) {
        return Arrays.stream(values())
                .filter(d -> d.id.equals(id))
                .findFirst()
                .orElseThrow(() ->
                        new BadInputException(
                                "dataset",
                                id,
                                "is unknown, known are "
                                        + Arrays.stream(values()).map(Datasets::id).toList()));
    }

    private static MultimodalDataset plates(DatasetOptions options) {
        options.allowing(Set.of("train", "validation", "test", "side"));
        PlateSizes usual = PlateSizes.STANDARD;
        return new Plates(
                new PlateSizes(
                        options.count("train", usual.train()),
                        options.count("validation", usual.validation()),
                        options.count("test", usual.test()),
                        options.count("side", usual.side())),
                options.seed());
    }

    private static MultimodalDataset embeddings(DatasetOptions options) {
        options.allowing(Set.of("pairs", "dimension", "noise", "factors"));
        Embeddings.Extent standard = Embeddings.Extent.STANDARD;
        return new Embeddings(
                new Embeddings.Extent(
                        options.count("pairs", standard.pairs()),
                        options.count("dimension", standard.dimension()),
                        options.number("noise", standard.noise()),
                        options.count("factors", standard.factors())),
                options.seed());
    }

    private static MultimodalDataset recipes(DatasetOptions options) {
        options.allowing(Set.of("folder", "side"));
        String folders = options.settings().getOrDefault("folder", "");
        if (folders.isBlank()) {
            throw new BadInputException(
                    "folder", folders, "is missing: the folder, or several with commas between");
        }
        return new RecipeFolder(
                Arrays.stream(folders.split(",", -1)).map(Path::of).toList(),
                options.count("side", 128),
                options.seed());
    }

    private static MultimodalDataset recipe1M(DatasetOptions options) {
        options.allowing(Set.of("folder", "side"));
        return new Recipe1M(options.requirePath("folder"), options.count("side", 224));
    }

    /// Splits as the paper's Recipe1M unless told otherwise: 70 / 15 / 15 %.
    private static MultimodalDataset pairs(DatasetOptions options) {
        options.allowing(Set.of("x1", "x2", "ids", "factors", "validation", "test"));
        return new Pairs(
                new PairFiles(
                        options.requirePath("x1"),
                        options.requirePath("x2"),
                        options.path("ids"),
                        options.path("factors"),
                        options.number("validation", .15),
                        options.number("test", .15)),
                options.seed());
    }
}
