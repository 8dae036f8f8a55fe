package dev.gimbal.network;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import dev.gimbal.distribution.Constant;
import java.util.random.RandomGenerator;

/// A weighted sum of Gaussian kernels around landmarks, `y = A k(x) + b` with `k_j(x) = exp(-|x -
/// l_j|^2 / 2)`: what kernel methods fit in closed form, such as kernel canonical correlation
/// analysis (Akaho 2001), with the training examples as landmarks.
///
/// @param input entries of one input row, in units of the kernel's width
/// @param landmarks how many
/// @param output entries of one output row
public record KernelNetwork(int input, int landmarks, int output) implements Network {
    public KernelNetwork {
        if (input < 1 || landmarks < 1 || output < 1) {
            throw new IllegalArgumentException(
                    "kernel network of %d entries, %d landmarks, %d outputs"
                            .formatted(input, landmarks, output));
        }
    }

    @Override
    public void initialise(Parameters parameters, String name, RandomGenerator random) {
        parameters.uniform(landmarks(name), new Shape(landmarks, input), 1, random);
        Dense.initialise(parameters, outputLayer(name), landmarks, output, random);
    }

    /// Where the landmarks `[landmarks, input]` are kept.
    public static String landmarks(String name) {
        return name + ".landmarks";
    }

    @Override
    public NDArray forward(Parameters parameters, String name, NDArray x) {
        return Dense.forward(parameters, outputLayer(name), kernel(parameters, name, x));
    }

    /// `[batch, input] -> [batch, landmarks]`, each entry in (0, 1] up to rounding.
    public NDArray kernel(Parameters parameters, String name, NDArray x) {
        NDArray kept = parameters.get(landmarks(name));
        // a copy of the input's manager: what is computed from parameters alone would stay with
        // them
        NDArray l = x.getManager().zeros(kept.getShape()).add(kept);
        NDArray distances =
                Constant.times(-2, x.matMul(l.transpose()))
                        .add(x.square().sum(new int[] {1}, true))
                        .add(l.square().sum(new int[] {1}));
        return Constant.times(-0.5, distances).exp();
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
