package dev.gimbal.network;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.index.NDIndex;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.convolutional.Conv2d;
import java.util.random.RandomGenerator;

/// A transposed convolution of 4 x 4 pixels with stride 2 and padding 1, which doubles height and
/// width, in its sub-pixel form (Shi et al. 2016, "Is the deconvolution layer the same as a
/// convolutional layer?"): one convolution of 2 x 2 pixels makes the four pixels that each pixel
/// becomes, since an even output pixel sees the taps 3 and 1 of the kernel, an odd one 2 and 0.
///
/// Weights are `[4 out, in, 2, 2]`, the groups of `out` channels in the order of the four pixels,
/// row by row.
final class TransposedConvolution {
    private static final int KERNEL = 2;
    private static final Shape ONE = new Shape(1, 1);

    private TransposedConvolution() {}

    /// Weights and biases from `U(-b, b)` with `b = 1 / sqrt(4 in)`, since each output pixel sums
    /// over 2 x 2 pixels.
    static void initialise(
            Parameters parameters, String name, int in, int out, RandomGenerator random) {
        double bound = 1 / Math.sqrt(in * KERNEL * KERNEL);
        parameters.uniform(
                name + ".weight", new Shape(4L * out, in, KERNEL, KERNEL), bound, random);
        parameters.uniform(name + ".bias", new Shape(4L * out), bound, random);
    }

    /// `[batch, in, height, width] -> [batch, out, 2 height, 2 width]`
    static NDArray forward(Parameters parameters, String name, NDArray x) {
        NDArray all =
                Conv2d.conv2d(
                                x,
                                parameters.get(name + ".weight"),
                                parameters.get(name + ".bias"),
                                ONE,
                                ONE,
                                ONE)
                        .singletonOrThrow();
        long height = x.getShape().get(2);
        long width = x.getShape().get(3);
        long out = all.getShape().get(1) / 4;
        NDArray[] rows = new NDArray[2];
        for (int down = 0; down < 2; down++) {
            NDList pair = new NDList();
            for (int right = 0; right < 2; right++) {
                long group = (2L * down + right) * out;
                pair.add(
                        all.get(
                                new NDIndex()
                                        .addAllDim()
                                        .addSliceDim(group, group + out)
                                        .addSliceDim(down, down + height)
                                        .addSliceDim(right, right + width)));
            }
            rows[down] = NDArrays.stack(pair, 4);
        }
        return NDArrays.stack(new NDList(rows), 3).reshape(-1, out, 2 * height, 2 * width);
    }
}
