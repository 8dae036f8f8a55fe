package dev.gimbal.dataset.digits;

import dev.gimbal.dataset.BadInputException;
import dev.gimbal.dataset.DatasetOptions;
import dev.gimbal.dataset.MultimodalDataset;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/// The data sets of digits, made from their settings: folders by modality, and `pairs-per-image` of
/// the training split: 1 unless told otherwise, 30 in the paper (Sec. 5.1 of Lee and Pavlovic
/// 2021).
public final class DigitSets {

    private static final int MOST_PAIRS = 1_000;

    private DigitSets() {}

    /// MNIST and SVHN: the paper's data, from the folders `mnist` and `svhn`.
    ///
    /// @throws BadInputException naming the setting or file that cannot be used
    public static MultimodalDataset mnistSvhn(DatasetOptions options) {
        options.allowing(Set.of("mnist", "svhn", "pairs-per-image"));
        DigitModality mnist = mnist(options);
        DigitModality svhn = Svhn.read(options.requirePath("svhn"));
        return pairs("mnist-svhn", options, mnist, svhn);
    }

    /// MNIST and street numbers made from it.
    ///
    /// @throws BadInputException naming the setting or file that cannot be used
    public static MultimodalDataset mnistStreet(DatasetOptions options) {
        options.allowing(Set.of("mnist", "pairs-per-image"));
        DigitModality mnist = mnist(options);
        DigitModality street = new StreetDigits(mnist, options.seed());
        return pairs("mnist-street", options, mnist, street);
    }

    /// MNIST and spoken digits.
    ///
    /// @throws BadInputException naming the setting or file that cannot be used
    public static MultimodalDataset mnistSpeech(DatasetOptions options) {
        options.allowing(Set.of("mnist", "speech", "pairs-per-image"));
        DigitModality speech = SpokenDigits.read(options.requirePath("speech"));
        return pairs("mnist-speech", options, mnist(options), speech);
    }

    /// MNIST, street numbers made from it, and spoken digits.
    ///
    /// @throws BadInputException naming the setting or file that cannot be used
    public static MultimodalDataset mnistStreetSpeech(DatasetOptions options) {
        options.allowing(Set.of("mnist", "speech", "pairs-per-image"));
        DigitModality mnist = mnist(options);
        DigitModality street = new StreetDigits(mnist, options.seed());
        DigitModality speech = SpokenDigits.read(options.requirePath("speech"));
        return pairs("mnist-street-speech", options, mnist, street, speech);
    }

    /// Written digits, street numbers made from them and spoken ones, all generated; `modalities`
    /// says which, `written,street` unless told otherwise.
    ///
    /// @throws BadInputException naming the setting that cannot be used
    public static MultimodalDataset drawn(DatasetOptions options) {
        options.allowing(Set.of("train", "validation", "test", "modalities", "pairs-per-image"));
        DigitCounts usual = DigitCounts.STANDARD;
        DigitCounts counts =
                new DigitCounts(
                        options.count("train", usual.train()),
                        options.count("validation", usual.validation()),
                        options.count("test", usual.test()));
        DigitModality written = new DrawnDigits(counts, options.seed());
        List<DigitModality> all =
                List.of(
                        written,
                        new StreetDigits(written, options.seed()),
                        new DrawnSpeech(counts, options.seed()));
        return pairs("digits", options, chosen(all, options));
    }

    private static DigitModality[] chosen(List<DigitModality> all, DatasetOptions options) {
        String value = options.settings().getOrDefault("modalities", "written,street");
        Set<String> names = new TreeSet<>(Arrays.asList(value.split(",", -1)));
        DigitModality[] chosen =
                all.stream()
                        .filter(side -> names.contains(side.modality().name()))
                        .toArray(DigitModality[]::new);
        if (chosen.length < 2 || chosen.length < names.size()) {
            throw new BadInputException(
                    "modalities",
                    value,
                    "must be two or all, with commas between, of "
                            + all.stream().map(side -> side.modality().name()).toList());
        }
        return chosen;
    }

    private static DigitModality mnist(DatasetOptions options) {
        return Mnist.read(options.requirePath("mnist"));
    }

    private static MultimodalDataset pairs(
            String name, DatasetOptions options, DigitModality... sides) {
        int pairs = options.count("pairs-per-image", 1);
        if (pairs < 1 || pairs > MOST_PAIRS) {
            throw new BadInputException(
                    "pairs-per-image", pairs, "must lie between 1 and " + MOST_PAIRS);
        }
        return new DigitPairs(name, List.of(sides), pairs, options.seed());
    }
}
