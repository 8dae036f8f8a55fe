package dev.gimbal.network;

import ai.djl.ndarray.NDArray;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/// No network at all: the input is an embedding already.
///
/// @param size entries of one row
public record Identity(int size) implements Network {

    @Override
    public void initialise(Parameters parameters, String name, RandomGenerator random) {}

    @Override
    public NDArray forward(Parameters parameters, String name, NDArray x) {
        return x;
    }

    @Override
    public @Nullable String outputLayer(String name) {
        return null;
    }

    @Override
    public int outputSize() {
        return size;
    }
}
