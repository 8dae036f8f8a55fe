package dev.gimbal.training;

import ai.djl.ndarray.NDArray;
import dev.gimbal.family.MultimodalVae;
import dev.gimbal.objective.Loss;
import dev.gimbal.objective.MatchingLoss;

/// A bound with the image-text matching loss between the shared features of the first two
/// modalities beside it, as Sec. 5.2 of Lee and Pavlovic 2021 trains DMVAE. It is supervised where
/// classes are named: their factor is read.
record MatchingObjective(EncodedObjective bound, VaeSettings.Matching matching)
        implements EncodedObjective {
    /// Under which name batches hold the classes.
    static final String COLUMN = "class";

    @Override
    public MultimodalVae model() {
        return bound.model();
    }

    @Override
    public VaeSettings settings() {
        return bound.settings();
    }

    @Override
    public Loss of(EncodedBatch encoded) {
        encoded.requireWhole("the matching loss");
        NDArray first = encoded.modalities().get(0).shared().mean();
        NDArray second = encoded.modalities().get(1).shared().mean();
        Batch batch = encoded.batch();
        NDArray matches =
                matching.classes() == null
                        ? batch.manager().eye(Math.toIntExact(first.getShape().get(0)))
                        : MatchingLoss.matches(batch.value(COLUMN));
        return bound.of(encoded)
                .add("matching", matching.weight(), MatchingLoss.of(first, second, matches));
    }
}
