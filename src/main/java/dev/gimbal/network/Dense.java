package dev.gimbal.network;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.core.Linear;
import java.util.random.RandomGenerator;

/// One affine layer, `x W' + b`.
final class Dense {
    private Dense() {}

    /// Weights and biases from `U(-1/sqrt(in), 1/sqrt(in))`, the field's usual start.
    static void initialise(
            Parameters parameters, String name, int in, int out, RandomGenerator random) {
        double bound = 1 / Math.sqrt(in);
        parameters.uniform(name + ".weight", new Shape(out, in), bound, random);
        parameters.uniform(name + ".bias", new Shape(out), bound, random);
    }

    static NDArray forward(Parameters parameters, String name, NDArray x) {
        return Linear.linear(x, parameters.get(name + ".weight"), parameters.get(name + ".bias"))
                .singletonOrThrow();
    }
}
