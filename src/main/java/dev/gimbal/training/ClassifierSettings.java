package dev.gimbal.training;

import dev.gimbal.dataset.BadInputException;

/// How a classifier is trained: Adam, its rate falling to a hundredth along half a cosine.
///
/// @param steps of each classifier
/// @param batchSize examples in a step
/// @param learningRate at the start
/// @param validateEvery steps between two looks at the validation split; the best weights stay
public record ClassifierSettings(int steps, int batchSize, double learningRate, int validateEvery) {

    /// Enough for digits; minutes on two cores.
    public static final ClassifierSettings STANDARD = new ClassifierSettings(5_000, 100, 1e-3, 500);

    public ClassifierSettings {
        require("steps", steps, steps >= 1);
        require("batchSize", batchSize, batchSize >= 1);
        require("learningRate", learningRate, learningRate > 0);
        require("validateEvery", validateEvery, validateEvery >= 1);
    }

    private static void require(String field, Object value, boolean valid) {
        if (!valid) {
            throw new BadInputException(field, value, "must be positive");
        }
    }

    /// The same with another number of steps.
    public ClassifierSettings withSteps(int other) {
        return new ClassifierSettings(other, batchSize, learningRate, validateEvery);
    }
}
