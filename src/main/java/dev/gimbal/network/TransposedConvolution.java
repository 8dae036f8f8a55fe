package dev.gimbal.network;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
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
    private static final int GROUPS = 4;
    private static final Shape ONE = new Shape(1, 1);

    private TransposedConvolution() {}

    /// Weights and biases from `U(-b, b)` with `b = 1 / sqrt(4 in)`, since each output pixel sums
    /// over 2 x 2 pixels.
    static void initialise(
            Parameters parameters, String name, int in, int out, RandomGenerator random) {
        double bound = 1 / Math.sqrt(in * KERNEL * KERNEL);
        parameters.uniform(
                name + ".weight",
                new Shape((long) GROUPS * out, in, KERNEL, KERNEL),
                bound,
                random);
        parameters.uniform(name + ".bias", new Shape((long) GROUPS * out), bound, random);
    }

    /// `[batch, in, height, width] -> [batch, out, 2 height, 2 width]`
    ///
    /// The 2 x 2 convolution of the padded image sees every neighbourhood that a pixel becomes two
    /// halves of: written out as 2 x 2 pixels each, the odd ones first, they are the result with an
    /// edge of one pixel around it. Slices of the four groups instead would cost more: the gradient
    /// of each is an array as large as what it was taken from.
    static NDArray forward(Parameters parameters, String name, NDArray x) {
        NDArray edged =
                Conv2d.conv2d(
                                x,
                                oddFirst(x.getManager(), parameters.get(name + ".weight")),
                                oddFirst(x.getManager(), parameters.get(name + ".bias")),
                                ONE,
                                ONE,
                                ONE)
                        .singletonOrThrow();
        long height = edged.getShape().get(2);
        long width = edged.getShape().get(3);
        long out = edged.getShape().get(1) / GROUPS;
        return edged.reshape(-1, 2, 2, out, height, width)
                .transpose(0, 3, 4, 1, 5, 2)
                .reshape(-1, out, 2 * height, 2 * width)
                .get(new NDIndex(":, :, 1:{}, 1:{}", 2 * height - 1, 2 * width - 1));
    }

    /// The groups in reverse order, owned by `manager`: what is computed from parameters alone
    /// would stay with them, and never be freed.
    private static NDArray oddFirst(NDManager manager, NDArray groups) {
        Shape shape = groups.getShape();
        try (NDArray rows = groups.reshape(GROUPS, shape.size() / GROUPS);
                NDArray reversed = rows.flip(0)) {
            NDArray result = reversed.reshape(shape);
            result.attach(manager);
            return result;
        }
    }
}
