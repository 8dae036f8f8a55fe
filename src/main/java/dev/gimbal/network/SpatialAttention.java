package dev.gimbal.network;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.convolutional.Conv2d;
import java.util.random.RandomGenerator;

/// Weighs the places of a feature map by how much they matter: `x_p -> n softmax_p(w' tanh(W x_p +
/// b)) x_p` over its n places. It starts as the identity, so that it disturbs no trunk that was
/// trained without it.
final class SpatialAttention {
    private static final int REDUCTION = 8;

    private SpatialAttention() {}

    static void initialise(
            Parameters parameters, String name, int channels, RandomGenerator random) {
        int hidden = Math.max(1, channels / REDUCTION);
        double bound = 1 / Math.sqrt(channels);
        parameters.uniform(
                name + ".hidden.weight", new Shape(hidden, channels, 1, 1), bound, random);
        parameters.set(name + ".hidden.bias", new Shape(hidden), new float[hidden]);
        parameters.set(name + ".score.weight", new Shape(1, hidden, 1, 1), new float[hidden]);
    }

    /// Same shape, `[batch, channels, height, width]`.
    static NDArray forward(Parameters parameters, String name, NDArray x) {
        NDArray hidden =
                Conv2d.conv2d(
                                x,
                                parameters.get(name + ".hidden.weight"),
                                parameters.get(name + ".hidden.bias"))
                        .singletonOrThrow()
                        .tanh();
        NDArray scores =
                Conv2d.conv2d(hidden, parameters.get(name + ".score.weight")).singletonOrThrow();
        long places = x.getShape().get(2) * x.getShape().get(3);
        NDArray weights =
                scores.reshape(-1, places)
                        .softmax(1)
                        .mul(x.getManager().create((float) places))
                        .reshape(-1, 1, x.getShape().get(2), x.getShape().get(3));
        return x.mul(weights);
    }
}
