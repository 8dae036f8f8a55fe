package dev.gimbal.training;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import dev.gimbal.network.Parameters;
import java.util.Map;
import java.util.TreeMap;

/// Adam (Kingma and Ba 2015) with moments and a step count for each parameter, so that the bias
/// correction of a layer that joins later is right, and so that a checkpoint holds all of its
/// state.
///
/// Closing frees the moments.
final class Adam implements AutoCloseable {
    private static final float BETA1 = 0.9f;
    private static final float BETA2 = 0.999f;
    private static final float EPSILON = 1e-8f;
    private static final String FIRST = "adam.first.";
    private static final String SECOND = "adam.second.";

    private final Parameters moments;
    private final Map<String, Integer> steps = new TreeMap<>();

    Adam(NDManager manager) {
        moments = new Parameters(manager);
    }

    /// One update of a parameter from its gradient.
    void update(String name, NDArray parameter, NDArray gradient, double learningRate) {
        if (!steps.containsKey(name)) {
            Shape shape = parameter.getShape();
            moments.set(FIRST + name, shape, new float[Math.toIntExact(shape.size())]);
            moments.set(SECOND + name, shape, new float[Math.toIntExact(shape.size())]);
        }
        int step = steps.merge(name, 1, Integer::sum);
        double corrected =
                learningRate * Math.sqrt(1 - Math.pow(BETA2, step)) / (1 - Math.pow(BETA1, step));
        NDList state =
                new NDList(
                        parameter, gradient, moments.get(FIRST + name), moments.get(SECOND + name));
        parameter
                .getNDArrayInternal()
                .adamUpdate(
                        state,
                        new NDList(parameter),
                        (float) learningRate,
                        (float) corrected,
                        0f,
                        1f,
                        -1f,
                        BETA1,
                        BETA2,
                        EPSILON,
                        true,
                        false);
    }

    /// One update of a parameter from the gradient that it holds, which is zero afterwards.
    void update(String name, NDArray parameter, double learningRate) {
        try (NDArray gradient = parameter.getGradient()) {
            update(name, parameter, gradient, learningRate);
            gradient.subi(gradient);
        }
    }

    /// Forgets everything: a stage starts anew, since moments of another objective would scale its
    /// first steps wrongly.
    void reset() {
        moments.names().forEach(moments::remove);
        steps.clear();
    }

    Parameters moments() {
        return moments;
    }

    Map<String, Integer> steps() {
        return steps;
    }

    @Override
    public void close() {
        moments.close();
    }
}
