package dev.gimbal.family;

import ai.djl.ndarray.NDArray;
import dev.gimbal.distribution.Constant;
import dev.gimbal.network.UnitNorm;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/// A batch of [Locus] within native memory: all share similarity, scale and offset.
///
/// @param points `[batch, dimension of the index]`, owned by the manager of the z they were made
///   from
public record Loci(NDArray points, Similarity similarity, double scale, double offset) {
    /// Wider vectors are compared by the expanded square: in high dimension the differences of a
    /// training batch alone would fill gigabytes.
    private static final long WIDEST_DIFFERENCE = 32;

    /// Scores of every point against every index vector, `[batch, items]`, differentiable.
    ///
    /// @param vectors `[items, dimension of the index]`
    public NDArray scores(NDArray vectors) {
        NDArray similarities =
                switch (similarity) {
                    case INNER_PRODUCT -> points.matMul(vectors.transpose());
                    case COSINE -> UnitNorm.of(points).matMul(UnitNorm.of(vectors).transpose());
                    case NEGATIVE_SQUARED_L2 ->
                            points.getShape().get(1) <= WIDEST_DIFFERENCE
                                    ? differences(vectors)
                                    : expanded(vectors);
                };
        return Constant.times(scale, similarities).add(offset);
    }

    /// `-|p - r|^2` by the differences themselves: exact, but `batch * items * dimension` entries.
    private NDArray differences(NDArray vectors) {
        return points.expandDims(1).sub(vectors.expandDims(0)).square().sum(new int[] {2}).neg();
    }

    /// `2 p.r - |p|^2 - |r|^2`: a matrix product, off by the rounding of the squared norms.
    private NDArray expanded(NDArray vectors) {
        return Constant.times(2, points.matMul(vectors.transpose()))
                .sub(points.square().sum(new int[] {1}, true))
                .sub(vectors.square().sum(new int[] {1}).expandDims(0));
    }

    /// Scores of each point against the vector of the same row, `[batch]`, differentiable.
    ///
    /// @param vectors `[batch, dimension of the index]`
    public NDArray pairwise(NDArray vectors) {
        NDArray similarities =
                switch (similarity) {
                    case INNER_PRODUCT -> points.mul(vectors).sum(new int[] {1});
                    case COSINE -> UnitNorm.of(points).mul(UnitNorm.of(vectors)).sum(new int[] {1});
                    case NEGATIVE_SQUARED_L2 ->
                            points.sub(vectors).square().sum(new int[] {1}).neg();
                };
        return Constant.times(scale, similarities).add(offset);
    }

    /// Copies the loci out of native memory.
    public List<Locus> toList() {
        int dimension = Math.toIntExact(points.getShape().get(1));
        float[] values = points.toFloatArray();
        return Stream.iterate(0, start -> start < values.length, start -> start + dimension)
                .map(start -> Arrays.copyOfRange(values, start, start + dimension))
                .map(point -> new Locus(point, similarity, scale, offset))
                .toList();
    }
}
