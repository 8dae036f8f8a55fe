package dev.gimbal.network;

import ai.djl.ndarray.NDManager;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;

/// Freshly drawn parameters of one network, called `net`.
final class Forward {
    private Forward() {}

    static Parameters initialised(Network network, NDManager manager, long seed) {
        RandomGenerator random = RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
        Parameters parameters = new Parameters(manager);
        network.initialise(parameters, "net", random);
        return parameters;
    }
}
