package dev.gimbal.training;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import dev.gimbal.family.MultimodalVae;
import dev.gimbal.objective.Loss;
import dev.gimbal.objective.MatchingLoss;
import dev.gimbal.training.EncodedBatch.Seen;
import java.util.stream.IntStream;

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
        return bound.of(encoded).add("matching", matching.weight(), matching(encoded));
    }

    /// Of the examples that have both modalities; 0 where none has.
    private NDArray matching(EncodedBatch encoded) {
        Seen first = encoded.modalities().get(0);
        Seen second = encoded.modalities().get(1);
        NDArray a = first.shared().mean();
        NDArray b = second.shared().mean();
        Batch batch = encoded.batch();
        NDArray matches =
                matching.classes() == null
                        ? batch.manager().eye(Math.toIntExact(a.getShape().get(0)))
                        : MatchingLoss.matches(batch.value(COLUMN));
        NDArray both = EncodedBatch.both(first.presence(), second.presence());
        if (both == null) {
            return MatchingLoss.of(a, b, matches);
        }
        int[] pairs = picked(both);
        if (pairs.length == 0) {
            return batch.manager().create(0f);
        }
        NDArray pick = selection(pairs, a);
        return MatchingLoss.of(
                pick.matMul(a), pick.matMul(b), pick.matMul(matches).matMul(pick.transpose()));
    }

    private static int[] picked(NDArray rows) {
        float[] picked = rows.toFloatArray();
        return IntStream.range(0, picked.length).filter(i -> picked[i] == 1).toArray();
    }

    /// What picks these rows by multiplication, `[rows, batch]`.
    private static NDArray selection(int[] rows, NDArray from) {
        int batch = Math.toIntExact(from.getShape().get(0));
        float[] entries = new float[rows.length * batch];
        for (int i = 0; i < rows.length; i++) {
            entries[i * batch + rows[i]] = 1;
        }
        return from.getManager().create(entries, new Shape(rows.length, batch));
    }
}
