package dev.gimbal.training;

import java.util.Map;

/// What the epochs of a training are compared by, on validation data.
interface Criterion {

    /// Every measure of the model as it stands, by name.
    ///
    /// @param validation values after preprocessing
    Map<String, Double> measure(TrainingData validation);

    /// The one number of them that chooses; greater is better.
    double score(Map<String, Double> measured);
}
