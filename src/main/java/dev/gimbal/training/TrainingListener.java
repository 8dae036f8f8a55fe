package dev.gimbal.training;

/// Told of a training's progress, and asked whether to stop it.
public interface TrainingListener {

    /// Stays silent and never stops.
    TrainingListener SILENT = new TrainingListener() {};

    /// A step is done.
    default void step(String stage, int epoch, double share) {}

    /// An epoch is done and its checkpoint written.
    default void epoch(EpochRecord record) {}

    /// Something did not go as settings ask, and the training goes on without it.
    default void warning(String message) {}

    /// Whether to stop after the current step; the last checkpoint then holds the state to go on
    /// from.
    default boolean stopRequested() {
        return false;
    }
}
