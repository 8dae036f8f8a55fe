package dev.gimbal.network;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// An imported encoder: a [TorchModule] of the parameters, always frozen. Unlike every other
/// network it is code, so that a bundle with one is marked executable.
///
/// @param shape of one input, such as `[3, 224, 224]` or `[77]`
/// @param input what the module takes
/// @param output entries of one output row
public record TorchScript(List<Integer> shape, Input input, int output) implements Network {
    private static final String MODULE = ".module";

    /// What a module takes.
    public enum Input {
        /// 32-bit floats.
        NUMBERS,
        /// 64-bit integers.
        TOKENS
    }

    public TorchScript {
        shape = List.copyOf(shape);
        if (shape.isEmpty() || shape.stream().anyMatch(n -> n < 1) || output < 1) {
            throw new IllegalArgumentException("shape " + shape + ", output " + output);
        }
    }

    @Override
    public void initialise(Parameters parameters, String name, RandomGenerator random) {}

    @Override
    public NDArray forward(Parameters parameters, String name, NDArray x) {
        long batch = x.getShape().get(0);
        NDArray shaped =
                x.reshape(
                        new Shape(
                                LongStream.concat(
                                                LongStream.of(batch),
                                                shape.stream().mapToLong(n -> n))
                                        .toArray()));
        NDArray y =
                parameters
                        .module(name + MODULE)
                        .forward(
                                switch (input) {
                                    case NUMBERS -> shaped;
                                    case TOKENS -> shaped.toType(DataType.INT64, false);
                                });
        Shape expected = new Shape(batch, output);
        if (!y.getShape().equals(expected)) {
            throw new IllegalArgumentException(
                    "the module of '%s' gives %s, and %s is needed"
                            .formatted(name, y.getShape(), expected));
        }
        return y;
    }

    @Override
    public Stream<String> modules(String name) {
        return Stream.of(name + MODULE);
    }

    @Override
    public @Nullable String outputLayer(String name) {
        return null;
    }

    @Override
    public int outputSize() {
        return output;
    }
}
