package dev.gimbal.training;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import dev.gimbal.dataset.Modality;
import dev.gimbal.dataset.MultimodalDataset;
import dev.gimbal.dataset.Split;
import dev.gimbal.dataset.Value;
import dev.gimbal.family.Architecture;
import dev.gimbal.network.Rows;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.BiFunction;
import java.util.stream.IntStream;

/// The values of a split in the heap, ready to be cut into batches: by modality, `[example][size]`.
///
/// @param values by modality
public record TrainingData(Map<String, float[][]> values) {
    /// Every value of a split whose examples carry all modalities, as the architecture reads them.
    ///
    /// @throws IllegalArgumentException when one is absent
    public static TrainingData of(
            MultimodalDataset dataset, Split split, Architecture architecture) {
        Map<String, float[][]> values = new LinkedHashMap<>();
        for (Modality modality : dataset.modalities()) {
            values.put(
                    modality.name(),
                    IntStream.range(0, dataset.size(split))
                            .parallel()
                            .mapToObj(i -> read(dataset, split, i, modality, architecture))
                            .toArray(float[][]::new));
        }
        return new TrainingData(values);
    }

    private static float[] read(
            MultimodalDataset dataset,
            Split split,
            int position,
            Modality modality,
            Architecture architecture) {
        Value value = dataset.value(split, position, modality.name());
        if (value == null) {
            throw new IllegalArgumentException(
                    "example '%s' has no '%s'"
                            .formatted(dataset.example(split, position).id(), modality.name()));
        }
        return architecture.read(modality.name(), value);
    }

    /// The rows of one modality.
    ///
    /// @throws IllegalArgumentException when there are none
    public float[][] rows(String modality) {
        float[][] rows = values.get(modality);
        if (rows == null) {
            throw new IllegalArgumentException(
                    "no values of '" + modality + "', only of " + values.keySet());
        }
        return rows;
    }

    /// The same data with more columns.
    public TrainingData with(String name, float[][] rows) {
        Map<String, float[][]> more = new LinkedHashMap<>(values);
        more.put(name, rows);
        return new TrainingData(more);
    }

    /// Number of examples.
    public int size() {
        return values.values().iterator().next().length;
    }

    /// The rows at these positions, `[positions, size]`, owned by `manager`.
    public Map<String, NDArray> batch(NDManager manager, int[] positions, int from, int to) {
        Map<String, NDArray> batch = new LinkedHashMap<>();
        values.forEach((modality, rows) -> {
            int width = rows[0].length;
            float[] flat = new float[(to - from) * width];
            for (int i = from; i < to; i++) {
                System.arraycopy(rows[positions[i]], 0, flat, (i - from) * width, width);
            }
            batch.put(modality, manager.create(flat, new Shape(to - from, width)));
        });
        return batch;
    }

    /// Applies a function of native arrays to every row, chunk by chunk.
    ///
    /// @param function `(modality, [chunk, size]) -> [chunk, k]`
    public TrainingData map(NDManager manager, BiFunction<String, NDArray, NDArray> function) {
        Map<String, float[][]> mapped = new LinkedHashMap<>();
        values.forEach((modality, rows) ->
                mapped.put(modality, Rows.map(manager, rows, x -> function.apply(modality, x))));
        return new TrainingData(mapped);
    }
}
