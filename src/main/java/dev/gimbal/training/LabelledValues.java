package dev.gimbal.training;

import dev.gimbal.dataset.BadInputException;
import dev.gimbal.dataset.ClassFactor;
import dev.gimbal.dataset.MultimodalDataset;
import dev.gimbal.dataset.Split;
import dev.gimbal.dataset.Value;
import java.util.Arrays;
import java.util.stream.IntStream;

/// One modality's different values in a split, each with its class: what a classifier is trained
/// and judged by. These are true factors; no model of this program sees them.
///
/// @param values `[value][size]`
/// @param classes of each, positions in a list of names
record LabelledValues(float[][] values, int[] classes) {

    /// The values of a split, each once.
    ///
    /// @throws BadInputException when a value's class is not among them, or no value is there
    static LabelledValues of(
            MultimodalDataset dataset, Split split, String modality, ClassFactor factor) {
        int[] examples = examples(dataset, split, modality);
        int[] labels = factor.labels(dataset.factors(split));
        int[] classes = Arrays.stream(examples).map(i -> labels[i]).toArray();
        float[][] values =
                Arrays.stream(examples)
                        .parallel()
                        .mapToObj(i -> value(dataset, split, i, modality))
                        .toArray(float[][]::new);
        if (values.length == 0 || Arrays.stream(classes).anyMatch(c -> c < 0)) {
            throw new BadInputException(
                    "factor",
                    factor.name(),
                    "has values in split %s that %s lacks, or none"
                            .formatted(split, factor.classes()));
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
