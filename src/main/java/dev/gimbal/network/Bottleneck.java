package dev.gimbal.network;

import ai.djl.ndarray.NDArray;
import java.util.random.RandomGenerator;

/// A residual block of convolutions of 1 x 1, 3 x 3 and 1 x 1 pixels; the middle one strides.
///
/// Intermediate arrays are freed at once: a gradient's tape keeps by itself what it needs.
final class Bottleneck {
    /// Output channels for each inner one.
    static final int EXPANSION = 4;

    private Bottleneck() {}

    /// The last normalisation starts at 0, so that the block starts as the identity: with fixed
    /// statistics nothing else keeps a deep stack from growing.
    static void initialise(
            Parameters parameters, String name, int in, int inner, RandomGenerator random) {
        int out = inner * EXPANSION;
        convolution(parameters, name, 1, new FrozenBatchNorm.Size(in, inner, 1), 1, random);
        convolution(parameters, name, 2, new FrozenBatchNorm.Size(inner, inner, 3), 1, random);
        convolution(parameters, name, 3, new FrozenBatchNorm.Size(inner, out, 1), 0, random);
        // the first block of every stage changes the number of channels
        if (name.endsWith(".0")) {
            FrozenBatchNorm.initialise(
                    parameters,
                    name + ".downsample.0",
                    name + ".downsample.1",
                    new FrozenBatchNorm.Size(in, out, 1),
                    1,
                    random);
        }
    }

    private static void convolution(
            Parameters parameters,
            String name,
            int place,
            FrozenBatchNorm.Size size,
            float gain,
            RandomGenerator random) {
        FrozenBatchNorm.initialise(
                parameters, name + ".conv" + place, name + ".bn" + place, size, gain, random);
    }

    /// `[batch, in, height, width] -> [batch, 4 * inner, height / stride, width / stride]`.
    static NDArray forward(Parameters parameters, String name, NDArray x, int stride) {
        try (NDArray first = relu(convolution(parameters, name, 1, x, 1));
                NDArray second = relu(convolution(parameters, name, 2, first, stride));
                NDArray third = convolution(parameters, name, 3, second, 1)) {
            if (!name.endsWith(".0")) {
                return relu(third.add(x));
            }
            try (NDArray shortcut =
                    FrozenBatchNorm.forward(
                            parameters,
                            name + ".downsample.0",
                            name + ".downsample.1",
                            x,
                            stride)) {
                return relu(third.add(shortcut));
            }
        }
    }

    private static NDArray convolution(
            Parameters parameters, String name, int place, NDArray x, int stride) {
        return FrozenBatchNorm.forward(
                parameters, name + ".conv" + place, name + ".bn" + place, x, stride);
    }

    /// ReLU, which frees its argument.
    static NDArray relu(NDArray x) {
        try (x) {
            return Activation.RELU.apply(x);
        }
    }
}
