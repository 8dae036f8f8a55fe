package dev.gimbal.training;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import org.ejml.simple.SimpleMatrix;

/// First and second moments of paired rows.
///
/// @param mean1 `[a]`
/// @param mean2 `[b]`
/// @param covariance1 `[a, a]`
/// @param covariance2 `[b, b]`
/// @param cross `E (x1 - mean1)(x2 - mean2)'`, `[a, b]`
record Moments(
        double[] mean1,
        double[] mean2,
        SimpleMatrix covariance1,
        SimpleMatrix covariance2,
        SimpleMatrix cross) {
    private static final int CHUNK = 4_096;

    /// The moments of these rows; products are taken by native matrices, chunk by chunk.
    ///
    /// @param x1 `[row][a]`
    /// @param x2 `[row][b]`, as many rows, more than one
    static Moments of(NDManager manager, float[][] x1, float[][] x2) {
        double[] mean1 = Whitening.mean(x1);
        double[] mean2 = Whitening.mean(x2);
        SimpleMatrix covariance1 = new SimpleMatrix(mean1.length, mean1.length);
        SimpleMatrix covariance2 = new SimpleMatrix(mean2.length, mean2.length);
        SimpleMatrix cross = new SimpleMatrix(mean1.length, mean2.length);
        for (int from = 0; from < x1.length; from += CHUNK) {
            int to = Math.min(x1.length, from + CHUNK);
            try (NDManager scratch = manager.newSubManager()) {
                NDArray a = centred(scratch, x1, mean1, from, to);
                NDArray b = centred(scratch, x2, mean2, from, to);
                add(covariance1, a.transpose().matMul(a), x1.length);
                add(covariance2, b.transpose().matMul(b), x1.length);
                add(cross, a.transpose().matMul(b), x1.length);
            }
        }
        return new Moments(mean1, mean2, covariance1, covariance2, cross);
    }

    private static NDArray centred(
            NDManager manager, float[][] rows, double[] mean, int from, int to) {
        float[] flat = new float[(to - from) * mean.length];
        for (int i = from; i < to; i++) {
            for (int j = 0; j < mean.length; j++) {
                flat[(i - from) * mean.length + j] = (float) (rows[i][j] - mean[j]);
            }
        }
        return manager.create(flat, new Shape(to - from, mean.length));
    }

    private static void add(SimpleMatrix sum, NDArray product, int rows) {
        float[] values = product.toFloatArray();
        for (int i = 0; i < values.length; i++) {
            sum.set(i, sum.get(i) + values[i] / rows);
        }
    }
}
