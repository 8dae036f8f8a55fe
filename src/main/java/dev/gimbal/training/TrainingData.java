package dev.gimbal.training;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import dev.gimbal.dataset.Modality;
import dev.gimbal.dataset.MultimodalDataset;
import dev.gimbal.dataset.Split;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.BiFunction;

/// The values of a split in the heap, ready to be cut into batches: by modality, `[example][size]`.
///
/// @param values by modality
public record TrainingData(Map<String, float[][]> values) {
    private static final int CHUNK = 256;

    /// Every value of a split whose examples carry all modalities.
    ///
    /// @throws IllegalArgumentException when one is absent
    public static TrainingData of(MultimodalDataset dataset, Split split) {
        Map<String, float[][]> values = new LinkedHashMap<>();
        for (Modality modality : dataset.modalities()) {
            float[][] rows = new float[dataset.size(split)][];
            for (int i = 0; i < rows.length; i++) {
                var example = dataset.example(split, i);
                float[] row = example.values().get(modality.name());
                if (row == null) {
                    throw new IllegalArgumentException(
                            "example '" + example.id() + "' has no '" + modality.name() + "'");
                }
                rows[i] = row;
            }
            values.put(modality.name(), rows);
        }
        return new TrainingData(values);
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
                mapped.put(modality, mapRows(manager, rows, x -> function.apply(modality, x))));
        return new TrainingData(mapped);
    }

    /// Applies a function of native arrays to rows, chunk by chunk.
    public static float[][] mapRows(
            NDManager manager, float[][] rows, java.util.function.UnaryOperator<NDArray> function) {
        float[][] result = new float[rows.length][];
        for (int start = 0; start < rows.length; start += CHUNK) {
            int end = Math.min(start + CHUNK, rows.length);
            try (NDManager scratch = manager.newSubManager()) {
                int width = rows[0].length;
                float[] flat = new float[(end - start) * width];
                for (int i = start; i < end; i++) {
                    System.arraycopy(rows[i], 0, flat, (i - start) * width, width);
                }
                NDArray out = function.apply(scratch.create(flat, new Shape(end - start, width)));
                int k = Math.toIntExact(out.getShape().get(1));
                float[] values = out.toFloatArray();
                for (int i = start; i < end; i++) {
                    result[i] =
                            java.util.Arrays.copyOfRange(
                                    values, (i - start) * k, (i - start + 1) * k);
                }
            }
        }
        return result;
    }
}
