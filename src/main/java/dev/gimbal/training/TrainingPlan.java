package dev.gimbal.training;

import dev.gimbal.family.PairedModel;
import java.util.List;

/// How a model is trained: stages, one after another.
///
/// @param model what is trained, initialised
/// @param stages in order; the best epoch is chosen within the last
public record TrainingPlan(PairedModel model, List<Stage> stages) {
    public TrainingPlan {
        stages = List.copyOf(stages);
        if (stages.isEmpty()) {
            throw new IllegalArgumentException("a plan without stages");
        }
    }

    /// The stages before z is first aligned.
    TrainingPlan untilFirstAlignment() {
        return new TrainingPlan(model, stages.stream().takeWhile(s -> !s.aligns()).toList());
    }

    /// Epochs of all stages.
    public int epochs() {
        return stages.stream().mapToInt(Stage::epochs).sum();
    }
}
