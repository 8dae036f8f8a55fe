package dev.gimbal.command;

import dev.gimbal.bundle.ModelBundle;
import dev.gimbal.training.Training;
import dev.gimbal.training.TrainingFailedException;
import java.io.IOException;
import java.util.Optional;

/// One training of a reproduction, which goes on where it was left.
final class ReproducedRun {
    private ReproducedRun() {}

    /// The bundle; from the training's folder where it is complete.
    ///
    /// @param title said of it on the terminal
    /// @return empty when it was stopped
    static Optional<ModelBundle> bundle(String title, Training training) throws IOException {
        Optional<ModelBundle> finished = training.finished();
        if (finished.isPresent()) {
            System.out.println(title + ": complete in " + training.folder());
            return finished;
        }
        System.out.println(title + ": training in " + training.folder());
        try (TrainingProgress progress = new TrainingProgress()) {
            return training.run(true, progress);
        } catch (TrainingFailedException e) {
            throw new IllegalArgumentException(
                    "training in '" + training.folder() + "' can't go on: " + e.getMessage(), e);
        }
    }
}
