package dev.gimbal.training;

import dev.gimbal.family.MultimodalVae;
import dev.gimbal.objective.Loss;

/// What a multimodal VAE minimises, over a batch that is encoded once.
interface EncodedObjective extends Objective {
    MultimodalVae model();

    VaeSettings settings();

    Loss of(EncodedBatch encoded);

    @Override
    default Loss of(Batch batch) {
        return of(new EncodedBatch(model(), settings(), batch));
    }
}
