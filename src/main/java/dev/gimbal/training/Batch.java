package dev.gimbal.training;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.util.Map;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/// What one training step sees.
///
/// @param manager owns everything that the step makes, and frees it at the step's end
/// @param values by modality, `[batch, size]`; 0 where it is absent
/// @param presences 1 where a modality was observed and 0 where it is absent, `[batch, 1]`; only of
///   modalities that are absent somewhere
/// @param random the step's only source of randomness
/// @param progress how much of the stage is done, in `[0, 1)`
record Batch(
        NDManager manager,
        Map<String, NDArray> values,
        Map<String, NDArray> presences,
        RandomGenerator random,
        double progress) {

    /// A batch that nothing is absent from.
    Batch(NDManager manager, Map<String, NDArray> values, RandomGenerator random, double progress) {
        this(manager, values, Map.of(), random, progress);
    }

    /// Standard normal noise, `[rows, columns]`.
    public NDArray noise(long rows, long columns) {
        float[] values = new float[Math.toIntExact(rows * columns)];
        for (int i = 0; i < values.length; i++) {
            values[i] = (float) random.nextGaussian();
        }
        return manager.create(values, new Shape(rows, columns));
    }

    /// Where a modality was observed, `[batch, 1]`; `null` where it always was.
    @Nullable NDArray presence(String modality) {
        return presences.get(modality);
    }

    /// Noise of fixed length in random directions: each row has norm `length`.
    public NDArray perturbation(long rows, long columns, double length) {
        float[] values = new float[Math.toIntExact(rows * columns)];
        float size = (float) (length / Math.sqrt(columns));
        for (int start = 0; start < values.length; start += Long.SIZE) {
            long bits = random.nextLong();
            for (int i = start; i < Math.min(start + Long.SIZE, values.length); i++) {
                values[i] = (bits >>> (i - start) & 1) == 0 ? size : -size;
            }
        }
        return manager.create(values, new Shape(rows, columns));
    }

    /// The values of one modality.
    public NDArray value(String modality) {
        NDArray value = values.get(modality);
        if (value == null) {
            throw new IllegalArgumentException("the batch has no modality '" + modality + "'");
        }
        return value;
    }
}
