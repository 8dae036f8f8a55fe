package dev.gimbal.training;

import ai.djl.ndarray.NDManager;
import dev.gimbal.dataset.MultimodalDataset;
import dev.gimbal.dataset.Split;
import dev.gimbal.family.Family;
import dev.gimbal.objective.Loss;
import java.util.random.RandomGenerator;

/// What an untrained VAE's objective says of chosen training examples, any of which may lack
/// modalities.
///
/// @param manager of every array; frees them
record ExampleLosses(TrainingPlan plan, TrainingData data, NDManager manager) {

    static ExampleLosses of(
            Family family, VaeSettings settings, MultimodalDataset dataset, NDManager manager) {
        TrainingPlan plan = Plans.of(family, settings, dataset, 1, manager);
        TrainingData data = TrainingData.partial(dataset, Split.TRAIN, plan.model().architecture());
        return new ExampleLosses(plan, data, manager);
    }

    Objective objective() {
        return plan.stages().getFirst().objective();
    }

    /// Of the examples at these positions, as one batch.
    Loss of(RandomGenerator random, int... positions) {
        return objective().of(data.batch(manager, positions, 0, positions.length, random, 0));
    }
}
