package dev.gimbal;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.training.GradientCollector;
import java.util.function.UnaryOperator;

/// The gradient of a scalar function, by the engine's tape.
public final class Gradient {
    private Gradient() {}

    /// `df/dx` at x, in the order of its entries.
    public static float[] of(UnaryOperator<NDArray> function, NDArray x) {
        return of(function, x, () -> {});
    }

    /// The same, with something done between the forward and the backward pass.
    public static float[] of(UnaryOperator<NDArray> function, NDArray x, Runnable between) {
        x.setRequiresGradient(true);
        try (GradientCollector tape = Engine.getInstance().newGradientCollector()) {
            NDArray value = function.apply(x);
            between.run();
            tape.backward(value);
            return x.getGradient().toFloatArray();
        } finally {
            x.setRequiresGradient(false);
        }
    }
}
