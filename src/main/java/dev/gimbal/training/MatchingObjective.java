package dev.gimbal.training;

import ai.djl.ndarray.NDArray;
import dev.gimbal.family.MultimodalVae;
import dev.gimbal.objective.Loss;
import dev.gimbal.objective.MatchingLoss;

/// A bound with the image-text matching loss between the shared features of the first two
/// modalities beside it, as Sec. 5.2 of Lee and Pavlovic 2021 trains DMVAE. It is supervised where
/// classes are named: their factor is read.
record MatchingObjective(MultimodalVae model, Objective bound, VaeSettings.Matching settings)
        implements Objective {
    /// Under which name batches hold the classes.
    static final String COLUMN = "class";

    @Override
    public Loss of(Batch batch) {
        NDArray[] features =
                model.architecture().modalities().stream()
                        .limit(2)
                        .map(m -> model.encode(m.name(), batch.value(m.name())).shared().mean())
                        .toArray(NDArray[]::new);
        NDArray matches =
                settings.classes() == null
                        ? batch.manager().eye(Math.toIntExact(features[0].getShape().get(0)))
                        : MatchingLoss.matches(batch.value(COLUMN));
        return bound.of(batch)
                .add(
                        "matching",
                        settings.weight(),
                        MatchingLoss.of(features[0], features[1], matches));
    }
}
