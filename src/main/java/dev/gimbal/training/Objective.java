package dev.gimbal.training;

import dev.gimbal.objective.Loss;

/// What a stage minimises.
@FunctionalInterface
public interface Objective {

    /// The loss of one batch; everything it makes belongs to the batch's manager.
    Loss of(Batch batch);
}
