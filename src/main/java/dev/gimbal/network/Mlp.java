package dev.gimbal.network;

import ai.djl.ndarray.NDArray;
import java.util.List;
import java.util.random.RandomGenerator;

/// Fully connected layers with a non-linearity between them and none after the last.
///
/// @param input entries of one input row
/// @param hidden units of each hidden layer; empty makes the network affine
/// @param output entries of one output row
public record Mlp(int input, List<Integer> hidden, int output, Activation activation)
        implements Network {
    public Mlp {
        hidden = List.copyOf(hidden);
        if (input < 1 || output < 1 || hidden.stream().anyMatch(n -> n < 1)) {
            throw new IllegalArgumentException(
                    "layer sizes must be positive: " + input + ", " + hidden + ", " + output);
        }
    }

    @Override
    public void initialise(Parameters parameters, String name, RandomGenerator random) {
        int in = input;
        for (int layer = 0; layer <= hidden.size(); layer++) {
            int out = layer < hidden.size() ? hidden.get(layer) : output;
            Dense.initialise(parameters, name + "." + layer, in, out, random);
            in = out;
        }
    }

    @Override
    public NDArray forward(Parameters parameters, String name, NDArray x) {
        NDArray h = x;
        for (int layer = 0; layer < hidden.size(); layer++) {
            h = activation.apply(Dense.forward(parameters, name + "." + layer, h));
        }
        return Dense.forward(parameters, name + "." + hidden.size(), h);
    }

    @Override
    public String outputLayer(String name) {
        return name + "." + hidden.size();
    }

    @Override
    public int outputSize() {
        return output;
    }
}
