package dev.gimbal.network;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.util.Arrays;
import java.util.List;
import java.util.function.UnaryOperator;

/// Rows of numbers in the heap, and the native matrices that they pass through.
public final class Rows {
    /// Rows that pass at once.
    public static final int CHUNK = 256;

    private Rows() {}

    /// The rows as `[rows, size]`, owned by `manager`.
    public static NDArray matrix(NDManager manager, List<float[]> rows) {
        int width = rows.getFirst().length;
        float[] flat = new float[Math.multiplyExact(rows.size(), width)];
        for (int i = 0; i < rows.size(); i++) {
            System.arraycopy(rows.get(i), 0, flat, i * width, width);
        }
        return manager.create(flat, new Shape(rows.size(), width));
    }

    /// Copies a matrix out of native memory.
    public static float[][] of(NDArray matrix) {
        int width = Math.toIntExact(matrix.getShape().get(1));
        float[] flat = matrix.toFloatArray();
        float[][] rows = new float[Math.toIntExact(matrix.getShape().get(0))][];
        for (int i = 0; i < rows.length; i++) {
            rows[i] = Arrays.copyOfRange(flat, i * width, (i + 1) * width);
        }
        return rows;
    }

    /// Position of the greatest entry of each row, the first of equal ones: the class that logits
    /// tell.
    public static int[] greatest(float[][] rows) {
        int[] greatest = new int[rows.length];
        for (int i = 0; i < rows.length; i++) {
            for (int j = 1; j < rows[i].length; j++) {
                greatest[i] = rows[i][j] > rows[i][greatest[i]] ? j : greatest[i];
            }
        }
        return greatest;
    }

    /// Applies a function of native arrays to rows, chunk by chunk, always the same chunks: so the
    /// same rows come to the same bits.
    ///
    /// @param manager parent of each chunk's native memory, which is freed with the chunk
    /// @param function `[chunk, size] -> [chunk, k]`
    public static float[][] map(
            NDManager manager, float[][] rows, UnaryOperator<NDArray> function) {
        float[][] result = new float[rows.length][];
        List<float[]> all = Arrays.asList(rows);
        for (int start = 0; start < rows.length; start += CHUNK) {
            int end = Math.min(start + CHUNK, rows.length);
            try (NDManager scratch = manager.newSubManager()) {
                float[][] mapped = of(function.apply(matrix(scratch, all.subList(start, end))));
                System.arraycopy(mapped, 0, result, start, end - start);
            }
        }
        return result;
    }
}
