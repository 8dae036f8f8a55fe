package dev.gimbal.network;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import java.util.Arrays;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// A network whose last outputs are 0 whatever they would be, and learn nothing.
///
/// RIVAE's decoder is one where embeddings end in how much of a hub an item is ([HubDiscount]): it
/// predicts what an item is like and never that it is a hub, so that `|f(z) - v2|^2` grows by `w^2
/// h(v2)^2`.
///
/// @param network all outputs
/// @param last how many of them are 0
public record Muted(Network network, int last) implements Network {
    public Muted {
        if (last < 1 || last >= network.outputSize()) {
            throw new IllegalArgumentException(
                    "%d of %d outputs cannot be muted".formatted(last, network.outputSize()));
        }
    }

    @Override
    public void initialise(Parameters parameters, String name, RandomGenerator random) {
        network.initialise(parameters, name, random);
    }

    @Override
    public NDArray forward(Parameters parameters, String name, NDArray x) {
        float[] heard = new float[outputSize()];
        Arrays.fill(heard, 0, heard.length - last, 1);
        return network.forward(parameters, name, x)
                .mul(x.getManager().create(heard, new Shape(1, heard.length)));
    }

    @Override
    public @Nullable String outputLayer(String name) {
        return network.outputLayer(name);
    }

    @Override
    public Stream<String> modules(String name) {
        return network.modules(name);
    }

    @Override
    public int outputSize() {
        return network.outputSize();
    }
}
