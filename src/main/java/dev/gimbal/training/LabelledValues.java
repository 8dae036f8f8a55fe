package dev.gimbal.training;

import dev.gimbal.bundle.OracleCard;
import dev.gimbal.dataset.BadInputException;
import dev.gimbal.dataset.MultimodalDataset;
import dev.gimbal.dataset.Split;
import dev.gimbal.dataset.Value;
import java.util.Arrays;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.IntStream;

/// One modality's different values in a split, each with its class: what a classifier is trained
/// and judged by. These are true factors; no model of this program sees them.
///
/// @param values `[value][size]`
/// @param classes of each, positions in a list of names
record LabelledValues(float[][] values, int[] classes) {

    /// The different values of a factor in a split, as names, in ascending order.
    ///
    /// @throws BadInputException when the data have no such factor, or it has fewer than two values
    static List<String> classes(MultimodalDataset dataset, String factor) {
        TreeSet<Float> found = new TreeSet<>();
        int column = column(dataset, Split.TRAIN, factor);
        for (float[] row : dataset.factors(Split.TRAIN).values()) {
            found.add(row[column]);
        }
        if (found.size() < 2) {
            throw new BadInputException(
                    "factor",
                    factor,
                    "has %d values, a classifier needs two".formatted(found.size()));
        }
        return found.stream().map(OracleCard::name).toList();
    }

    private static int column(MultimodalDataset dataset, Split split, String factor) {
        List<String> names = dataset.factors(split).names();
        if (!names.contains(factor)) {
            throw new BadInputException(
                    "factor",
                    factor,
                    "is no factor of '%s', only %s".formatted(dataset.name(), names));
        }
        return names.indexOf(factor);
    }

    /// The values of a split, each once.
    ///
    /// @param names of the classes
    /// @throws BadInputException when a value's class is not among them, or no value is there
    static LabelledValues of(
            MultimodalDataset dataset,
            Split split,
            String modality,
            String factor,
            List<String> names) {
        int[] examples = examples(dataset, split, modality);
        float[][] rows = dataset.factors(split).values();
        int column = column(dataset, split, factor);
        int[] classes =
                Arrays.stream(examples)
                        .map(i -> names.indexOf(OracleCard.name(rows[i][column])))
                        .toArray();
        float[][] values =
                Arrays.stream(examples)
                        .parallel()
                        .mapToObj(i -> value(dataset, split, i, modality))
                        .toArray(float[][]::new);
        if (values.length == 0 || Arrays.stream(classes).anyMatch(c -> c < 0)) {
            throw new BadInputException(
                    "factor",
                    factor,
                    "has values in split %s that %s lacks, or none".formatted(split, names));
        }
        return new LabelledValues(values, classes);
    }

    /// The first example that carries each different value.
    private static int[] examples(MultimodalDataset dataset, Split split, String modality) {
        boolean[] seen = new boolean[dataset.distinctValues(split, modality)];
        return IntStream.range(0, dataset.size(split))
                .filter(i -> {
                    int index = dataset.valueIndex(split, i, modality);
                    boolean first = !seen[index];
                    seen[index] = true;
                    return first;
                })
                .toArray();
    }

    private static float[] value(
            MultimodalDataset dataset, Split split, int position, String modality) {
        Value value = dataset.value(split, position, modality);
        if (value == null) {
            throw new BadInputException(
                    "dataset",
                    dataset.name(),
                    "lacks '%s' at %d of %s".formatted(modality, position, split));
        }
        return value.numbers();
    }

    int size() {
        return values.length;
    }
}
