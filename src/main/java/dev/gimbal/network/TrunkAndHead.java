package dev.gimbal.network;

import ai.djl.ndarray.NDArray;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// A head over the output of a trunk, such as an affine layer over the pooled features of a
/// [ResNet]; either can then be trained or frozen by the prefix of its names.
///
/// @param trunk from the input to features; its arrays are `NAME.trunk...`
/// @param head from features to the output; its arrays are `NAME.head...`
public record TrunkAndHead(Network trunk, Network head) implements Network {
    /// What the names of the trunk's arrays go on with, after the network's own.
    public static final String TRUNK = ".trunk.";

    @Override
    public void initialise(Parameters parameters, String name, RandomGenerator random) {
        trunk.initialise(parameters, name + ".trunk", random);
        head.initialise(parameters, name + ".head", random);
    }

    @Override
    public NDArray forward(Parameters parameters, String name, NDArray x) {
        return head.forward(
                parameters, name + ".head", trunk.forward(parameters, name + ".trunk", x));
    }

    @Override
    public @Nullable String outputLayer(String name) {
        return head.outputLayer(name + ".head");
    }

    @Override
    public Stream<String> modules(String name) {
        return Stream.concat(trunk.modules(name + ".trunk"), head.modules(name + ".head"));
    }

    @Override
    public int outputSize() {
        return head.outputSize();
    }
}
