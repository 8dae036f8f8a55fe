package dev.gimbal.network;

import ai.djl.ndarray.NDArray;

/// Elementwise non-linearities.
public enum Activation {
    TANH,
    RELU,
    /// Leaky ReLU with slope 0.2, as in A.1.2 of Kim et al. 2020.
    LEAKY_RELU;

    /// Applies it; same shape.
    public NDArray apply(NDArray x) {
        return switch (this) {
            case TANH -> x.tanh();
            case RELU -> ai.djl.nn.Activation.relu(x);
            case LEAKY_RELU -> ai.djl.nn.Activation.leakyRelu(x, 0.2f);
        };
    }
}
