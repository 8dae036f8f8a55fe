package dev.gimbal.index;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import dev.gimbal.family.Similarity;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;

/// Vectors on the device, for finding rows that may be the nearest: one matrix product for a whole
/// batch of points, then top-k. Thread-safe; native memory is freed when the last user closes it.
///
/// Rows are kept with their mean `c` taken off, `x = r - c`: distances do not change, and a large
/// common offset, which would cancel in float32, is gone. With `y = p - c` the products are
///
/// - `-|p - r|^2 = 2 x.y - |x|^2 - |y|^2`
/// - `p.r = p.x + p.c`
/// - `p.r / |p||r| = (p.x + p.c) / |p||r|`
///
/// and their error is bounded by [#error], so that the caller can prove an answer exact.
final class VectorMatrix implements AutoCloseable {
    /// A float32 sum of d products errs by at most about d ulps of the sum of their sizes.
    private static final double ULP = Math.ulp(1f);

    /// Lengths whose squares float32 holds well; beyond them nothing is promised.
    private static final double SHORTEST = 1e-15;

    private static final double LONGEST = 1e15;

    private final int rows;
    private final int dimension;
    private final double[] center;
    private final double longest;
    private final double largestRatio;
    private final boolean plain;
    private final AtomicInteger users = new AtomicInteger(1);
    private final NDManager manager;
    // [dimension, rows]
    private final NDArray transposed;
    // [1, rows]
    private final NDArray squares;
    // [1, rows]; 0 for a vector of zeros
    private final NDArray inverseNorms;

    /// @param vectors at least one, all of one length
    VectorMatrix(Device device, List<float[]> vectors) {
        rows = vectors.size();
        dimension = vectors.getFirst().length;
        center = mean(vectors);
        float[] centered = new float[Math.multiplyExact(rows, dimension)];
        float[] squared = new float[rows];
        float[] inverse = new float[rows];
        double maximum = 0;
        double ratio = 0;
        boolean ordinary = true;
        double offset = norm(center);
        for (int i = 0; i < rows; i++) {
            float[] vector = vectors.get(i);
            double sum = 0;
            for (int j = 0; j < dimension; j++) {
                float x = (float) (vector[j] - center[j]);
                centered[i * dimension + j] = x;
                sum += (double) x * x;
            }
            double norm = norm(vector);
            squared[i] = (float) sum;
            inverse[i] = (float) inverse(norm);
            maximum = Math.max(maximum, Math.sqrt(sum));
            ratio = Math.max(ratio, norm == 0 ? 0 : (Math.sqrt(sum) + offset) / norm);
            ordinary &= plain(norm);
        }
        longest = maximum;
        largestRatio = ratio;
        plain = ordinary;
        manager = NDManager.newBaseManager(device);
        // stays with the manager: it owns the buffer that the transposed view reads
        transposed = manager.create(centered, new Shape(rows, dimension)).transpose();
        squares = manager.create(squared, new Shape(1, rows));
        inverseNorms = manager.create(inverse, new Shape(1, rows));
    }

    int dimension() {
        return dimension;
    }

    /// The rows that look nearest, and how near: similarities up to a constant of the point.
    ///
    /// @param rows `[count]`, best first
    /// @param values approximate similarity of each
    record Nearest(long[] rows, float[] values) {}

    /// The `count` rows that look nearest to each point, of which `similarity` holds for all.
    List<Nearest> nearest(List<float[]> points, Similarity similarity, int count) {
        int batch = points.size();
        try (NDManager scope = manager.newSubManager()) {
            NDArray products = left(scope, points, similarity).matMul(transposed);
            NDArray values =
                    switch (similarity) {
                        case NEGATIVE_SQUARED_L2 -> products.mul(2).sub(squares);
                        case INNER_PRODUCT -> products;
                        case COSINE -> products.add(shifts(scope, points)).mul(inverseNorms);
                    };
            NDList top = values.topK(count, 1, true, true);
            float[] best = top.get(0).toFloatArray();
            long[] indices = top.get(1).toLongArray();
            return IntStream.range(0, batch)
                    .mapToObj(i ->
                            new Nearest(
                                    Arrays.copyOfRange(indices, i * count, (i + 1) * count),
                                    Arrays.copyOfRange(best, i * count, (i + 1) * count)))
                    .toList();
        }
    }

    /// What to add to an approximate similarity of this point to make it a similarity.
    double constant(float[] point, Similarity similarity) {
        return switch (similarity) {
            case NEGATIVE_SQUARED_L2 -> {
                double y = norm(centered(point));
                yield -y * y;
            }
            case INNER_PRODUCT -> dotCenter(point);
            case COSINE -> 0;
        };
    }

    /// A bound on how much any similarity of this point found here may be wrong: worst case of the
    /// sums, and of rounding the centred rows. Infinite where float32 is out of its depth.
    double error(float[] point, Similarity similarity) {
        double p = norm(point);
        if (!plain || !plain(p)) {
            return Double.POSITIVE_INFINITY;
        }
        double y = norm(centered(point));
        double sums = (dimension + 8) * ULP;
        return switch (similarity) {
            case NEGATIVE_SQUARED_L2 -> sums * (2 * y * longest + longest * longest + y * y);
            case INNER_PRODUCT -> sums * p * longest;
            case COSINE -> sums * largestRatio;
        };
    }

    /// Keeps the native memory until the matching [#close()].
    ///
    /// @return false when it is gone already
    boolean retain() {
        return users.getAndUpdate(n -> n == 0 ? 0 : n + 1) > 0;
    }

    /// Lets go; the last one frees the native memory.
    @Override
    public void close() {
        if (users.decrementAndGet() == 0) {
            manager.close();
        }
    }

    /// `[batch, dimension]`: the points as the products want them; without the mean for L2, of
    /// length 1 for the cosine.
    private NDArray left(NDManager scope, List<float[]> points, Similarity similarity) {
        float[] flat = new float[Math.multiplyExact(points.size(), dimension)];
        for (int i = 0; i < points.size(); i++) {
            float[] point = points.get(i);
            double scale = similarity == Similarity.COSINE ? inverse(norm(point)) : 1;
            for (int j = 0; j < dimension; j++) {
                double origin = similarity == Similarity.NEGATIVE_SQUARED_L2 ? center[j] : 0;
                flat[i * dimension + j] = (float) ((point[j] - origin) * scale);
            }
        }
        return scope.create(flat, new Shape(points.size(), dimension));
    }

    /// `[batch, 1]`: the products of the points, at length 1, with the mean.
    private NDArray shifts(NDManager scope, List<float[]> points) {
        float[] shifts = new float[points.size()];
        for (int i = 0; i < shifts.length; i++) {
            shifts[i] = (float) (dotCenter(points.get(i)) * inverse(norm(points.get(i))));
        }
        return scope.create(shifts, new Shape(shifts.length, 1));
    }

    private static boolean plain(double norm) {
        return norm == 0 || norm > SHORTEST && norm < LONGEST;
    }

    private static double inverse(double norm) {
        return norm == 0 ? 0 : 1 / norm;
    }

    private double[] centered(float[] point) {
        double[] y = new double[dimension];
        for (int j = 0; j < dimension; j++) {
            y[j] = point[j] - center[j];
        }
        return y;
    }

    private double dotCenter(float[] point) {
        double sum = 0;
        for (int j = 0; j < dimension; j++) {
            sum += point[j] * center[j];
        }
        return sum;
    }

    private static double[] mean(List<float[]> vectors) {
        double[] mean = new double[vectors.getFirst().length];
        for (float[] vector : vectors) {
            for (int j = 0; j < mean.length; j++) {
                mean[j] += vector[j] / (double) vectors.size();
            }
        }
        return mean;
    }

    private static double norm(float[] vector) {
        double sum = 0;
        for (float v : vector) {
            sum += (double) v * v;
        }
        return Math.sqrt(sum);
    }

    private static double norm(double[] vector) {
        double sum = 0;
        for (double v : vector) {
            sum += v * v;
        }
        return Math.sqrt(sum);
    }
}
