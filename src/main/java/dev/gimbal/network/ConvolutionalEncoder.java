package dev.gimbal.network;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.convolutional.Conv2d;
import java.util.List;
import java.util.random.RandomGenerator;

/// The image encoder of A.1.1 (Kim et al. 2020): convolutions of 4 x 4 pixels with stride 2, then
/// two affine layers, with ReLU between.
///
/// @param shape `[channels, height, width]` of an image; height and width divisible by
///   `2^channels.size()`
/// @param channels output channels of each convolution
/// @param hidden units between the two affine layers
/// @param output entries of one output row
public record ConvolutionalEncoder(
        List<Integer> shape, List<Integer> channels, int hidden, int output) implements Network {
    private static final int KERNEL = 4;
    private static final Shape STRIDE = new Shape(2, 2);
    private static final Shape PADDING = new Shape(1, 1);
    private static final Shape DILATION = new Shape(1, 1);

    public ConvolutionalEncoder {
        shape = List.copyOf(shape);
        channels = List.copyOf(channels);
        if (!halves(shape, channels.size())) {
            throw new IllegalArgumentException(
                    "an image of shape "
                            + shape
                            + " can't be halved once for each of the channels "
                            + channels);
        }
        if (hidden < 1 || output < 1 || channels.stream().anyMatch(n -> n < 1)) {
            throw new IllegalArgumentException(
                    "layer sizes must be positive: " + channels + ", " + hidden + ", " + output);
        }
    }

    /// Whether an image of this shape can be halved so many times, at least once.
    static boolean halves(List<Integer> shape, int times) {
        int factor = 1 << times;
        return shape.size() == 3
                && times > 0
                && shape.get(1) % factor == 0
                && shape.get(2) % factor == 0;
    }

    @Override
    public void initialise(Parameters parameters, String name, RandomGenerator random) {
        int in = shape.getFirst();
        for (int layer = 0; layer < channels.size(); layer++) {
            int out = channels.get(layer);
            double bound = 1 / Math.sqrt(in * KERNEL * KERNEL);
            parameters.uniform(
                    name + "." + layer + ".weight",
                    new Shape(out, in, KERNEL, KERNEL),
                    bound,
                    random);
            parameters.uniform(name + "." + layer + ".bias", new Shape(out), bound, random);
            in = out;
        }
        Dense.initialise(parameters, name + ".hidden", flattened(), hidden, random);
        Dense.initialise(parameters, name + ".output", hidden, output, random);
    }

    @Override
    public NDArray forward(Parameters parameters, String name, NDArray x) {
        NDArray h = x.reshape(-1, shape.get(0), shape.get(1), shape.get(2));
        for (int layer = 0; layer < channels.size(); layer++) {
            NDArray weight = parameters.get(name + "." + layer + ".weight");
            NDArray bias = parameters.get(name + "." + layer + ".bias");
            h =
                    Activation.RELU.apply(
                            Conv2d.conv2d(h, weight, bias, STRIDE, PADDING, DILATION)
                                    .singletonOrThrow());
        }
        h = Dense.forward(parameters, name + ".hidden", h.reshape(-1, flattened()));
        return Dense.forward(parameters, name + ".output", Activation.RELU.apply(h));
    }

    private int flattened() {
        return channels.getLast()
                * (shape.get(1) >> channels.size())
                * (shape.get(2) >> channels.size());
    }

    @Override
    public String outputLayer(String name) {
        return name + ".output";
    }

    @Override
    public int outputSize() {
        return output;
    }
}
