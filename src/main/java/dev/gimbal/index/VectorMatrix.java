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
/// and their error is bounded by [Spread#error], so that the caller can prove an answer exact.
final class VectorMatrix implements AutoCloseable {
    private final Spread spread;
    private final int dimension;
    private final AtomicInteger users = new AtomicInteger(1);
    private final NDManager manager;
    // [dimension, rows]
    private final NDArray transposed;
    // [1, rows]: |x|^2
    private final NDArray squares;
    // [1, rows]: 1/|r|, 0 for a vector of zeros
    private final NDArray inverseNorms;

    /// @param vectors at least one, all of one length
    VectorMatrix(Device device, List<float[]> vectors) {
        spread = Spread.of(vectors);
        dimension = vectors.getFirst().length;
        int rows = vectors.size();
        float[] centered = new float[Math.multiplyExact(rows, dimension)];
        float[] squared = new float[rows];
        float[] inverse = new float[rows];
        for (int i = 0; i < rows; i++) {
            double[] x = spread.centered(vectors.get(i));
            for (int j = 0; j < dimension; j++) {
                centered[i * dimension + j] = (float) x[j];
            }
            squared[i] = (float) Math.pow(Spread.norm(x), 2);
            inverse[i] = (float) Spread.inverseNorm(vectors.get(i));
        }
        manager = NDManager.newBaseManager(device);
        try {
            // what create() returns stays with the manager: it owns the buffer that the view reads
            transposed = manager.create(centered, new Shape(rows, dimension)).transpose();
            squares = manager.create(squared, new Shape(1, rows));
            inverseNorms = manager.create(inverse, new Shape(1, rows));
        } catch (Throwable e) {
            manager.close();
            throw e;
        }
    }

    int dimension() {
        return dimension;
    }

    /// Where the rows lie.
    Spread spread() {
        return spread;
    }

    /// The rows that look nearest, and how near: similarities up to [Spread#constant].
    ///
    /// @param rows `[count]`, best first
    /// @param values approximate similarity of each
    record Nearest(long[] rows, float[] values) {}

    /// The `count` rows that look nearest to each point.
    List<Nearest> nearest(List<float[]> points, Similarity similarity, int count) {
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
            long[] rows = top.get(1).toLongArray();
            return IntStream.range(0, points.size())
                    .mapToObj(i ->
                            new Nearest(
                                    Arrays.copyOfRange(rows, i * count, (i + 1) * count),
                                    Arrays.copyOfRange(best, i * count, (i + 1) * count)))
                    .toList();
        }
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
            double scale = similarity == Similarity.COSINE ? Spread.inverseNorm(point) : 1;
            for (int j = 0; j < dimension; j++) {
                double origin =
                        similarity == Similarity.NEGATIVE_SQUARED_L2 ? spread.center()[j] : 0;
                flat[i * dimension + j] = (float) ((point[j] - origin) * scale);
            }
        }
        return scope.create(flat, new Shape(points.size(), dimension));
    }

    /// `[batch, 1]`: the products of the points, at length 1, with the mean.
    private NDArray shifts(NDManager scope, List<float[]> points) {
        float[] shifts = new float[points.size()];
        for (int i = 0; i < shifts.length; i++) {
            float[] point = points.get(i);
            shifts[i] = (float) (spread.dotCenter(point) * Spread.inverseNorm(point));
        }
        return scope.create(shifts, new Shape(shifts.length, 1));
    }
}
