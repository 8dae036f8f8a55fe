package dev.gimbal.network;

import ai.djl.ndarray.NDArray;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/// An affine map plus a network that bends it, `y = W x + b + m(x)`. Where the best affine map is
/// known in closed form, training starts from it and has only the rest to learn.
///
/// Its arrays are those of the affine map under `name.affine` and those of m under `name.bend`.
///
/// @param bend m, with at least one hidden layer
public record Residual(Mlp bend) implements Network {
    /// Appended to a name: the affine map.
    public static final String AFFINE = ".affine";

    /// Appended to a name: the network that bends it.
    public static final String BEND = ".bend";

    public Residual {
        if (bend.hidden().isEmpty()) {
            throw new IllegalArgumentException("a bend without hidden layers is affine itself");
        }
    }

    @Override
    public void initialise(Parameters parameters, String name, RandomGenerator random) {
        Dense.initialise(parameters, name + AFFINE, bend.input(), bend.output(), random);
        bend.initialise(parameters, name + BEND, random);
    }

    @Override
    public NDArray forward(Parameters parameters, String name, NDArray x) {
        return Dense.forward(parameters, name + AFFINE, x)
                .add(bend.forward(parameters, name + BEND, x));
    }

    /// None: two layers make the output.
    @Override
    public @Nullable String outputLayer(String name) {
        return null;
    }

    @Override
    public int outputSize() {
        return bend.output();
    }
}
