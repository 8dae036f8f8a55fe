package dev.gimbal.network;

import ai.djl.ndarray.NDArray;
import java.util.List;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/// The mirror of a [ConvolutionalEncoder]: two affine layers, then a [TransposedConvolution] for
/// each halving, with ReLU between and none after the last.
///
/// @param input entries of one input row
/// @param hidden units between the two affine layers
/// @param channels input channels of each transposed convolution, the widest first
/// @param shape `[channels, height, width]` of the image; height and width divisible by
///   `2^channels.size()`
public record ConvolutionalDecoder(
        int input, int hidden, List<Integer> channels, List<Integer> shape) implements Network {
    public ConvolutionalDecoder {
        shape = List.copyOf(shape);
        channels = List.copyOf(channels);
        if (!ConvolutionalEncoder.halves(shape, channels.size())) {
            throw new IllegalArgumentException(
                    "an image of shape %s can't be doubled into once for each of the channels %s"
                            .formatted(shape, channels));
        }
        if (input < 1 || hidden < 1 || channels.stream().anyMatch(n -> n < 1)) {
            throw new IllegalArgumentException(
                    "layer sizes must be positive: " + input + ", " + hidden + ", " + channels);
        }
    }

    @Override
    public void initialise(Parameters parameters, String name, RandomGenerator random) {
        Dense.initialise(parameters, name + ".input", input, hidden, random);
        Dense.initialise(parameters, name + ".hidden", hidden, flattened(), random);
        for (int layer = 0; layer < channels.size(); layer++) {
            TransposedConvolution.initialise(
                    parameters,
                    name + "." + layer,
                    channels.get(layer),
                    outputChannels(layer),
                    random);
        }
    }

    private int outputChannels(int layer) {
        return layer + 1 < channels.size() ? channels.get(layer + 1) : shape.getFirst();
    }

    @Override
    public NDArray forward(Parameters parameters, String name, NDArray x) {
        NDArray h = Activation.RELU.apply(Dense.forward(parameters, name + ".input", x));
        h = Dense.forward(parameters, name + ".hidden", h);
        h = h.reshape(-1, channels.getFirst(), side(1), side(2));
        for (int layer = 0; layer < channels.size(); layer++) {
            h =
                    TransposedConvolution.forward(
                            parameters, name + "." + layer, Activation.RELU.apply(h));
        }
        return h.reshape(-1, outputSize());
    }

    private int flattened() {
        return channels.getFirst() * side(1) * side(2);
    }

    private int side(int axis) {
        return shape.get(axis) >> channels.size();
    }

    /// The last layer is a convolution.
    @Override
    public @Nullable String outputLayer(String name) {
        return null;
    }

    @Override
    public int outputSize() {
        return shape.stream().reduce(1, Math::multiplyExact);
    }
}
