package dev.gimbal.training;

import dev.gimbal.objective.Loss;
import java.util.List;

/// One part of a training plan: what is minimised, over what, and how fast.
///
/// @param name shown beside the progress
/// @param epochs passes over the training data
/// @param batchSize examples in a step; a last, smaller batch is left out
/// @param groups what is trained; everything else stays as it is. Without any there are no steps
/// @param schedule factor on the learning rates along the stage
/// @param view what the examples are seen as
/// @param objective what is minimised
/// @param continues whether the optimiser goes on from the stage before; otherwise it starts anew,
///   since moments of another objective would scale its first steps wrongly
/// @param aligns whether `prepare` aligns z
/// @param prepare what is done once, before the stage's first epoch
record Stage(
        String name,
        int epochs,
        int batchSize,
        List<ParameterGroup> groups,
        Schedule schedule,
        DataView view,
        Objective objective,
        boolean continues,
        boolean aligns,
        Preparation prepare) {

    /// What the objective's batches hold.
    public enum DataView {
        /// The values themselves.
        RAW,
        /// Embeddings, computed once: for stages whose embedders are frozen.
        EMBEDDED
    }

    /// Something done to a model between two stages, such as an alignment.
    @FunctionalInterface
    public interface Preparation {
        /// Does nothing.
        Preparation NONE = _ -> {};

        /// Does it.
        void apply(TrainingData data);
    }

    /// The same stage with something else done before its own preparation.
    Stage after(Preparation first) {
        return new Stage(
                name,
                epochs,
                batchSize,
                groups,
                schedule,
                view,
                objective,
                continues,
                aligns,
                data -> {
                    first.apply(data);
                    prepare.apply(data);
                });
    }

    /// A stage without steps: its preparation is all that it does.
    static Stage closedForm(String name, Preparation fit) {
        return new Stage(
                name,
                1,
                2,
                List.of(),
                Schedule.CONSTANT,
                DataView.RAW,
                _ -> new Loss(),
                false,
                false,
                fit);
    }

    /// Whether there are steps to take.
    boolean descends() {
        return !groups.isEmpty();
    }

    public Stage {
        groups = List.copyOf(groups);
        if (epochs < 0 || batchSize < 2) {
            throw new IllegalArgumentException(
                    "stage '" + name + "': epochs " + epochs + ", batchSize " + batchSize);
        }
    }
}
