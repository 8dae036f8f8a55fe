package dev.gimbal.training;

import ai.djl.ndarray.NDArray;
import dev.gimbal.family.Direction;
import dev.gimbal.family.PairedModel;
import dev.gimbal.objective.Loss;
import dev.gimbal.objective.RetrievalHinge;

/// Cos-Sim: a hinge on the cosines of a batch, `(margin + cos(mismatch) - cos(match))_+`.
///
/// @param bothWays whether items are queries too
record EmbedderObjective(PairedModel model, RetrievalHinge hinge, boolean bothWays)
        implements Objective {

    @Override
    public Loss of(Batch batch) {
        NDArray v1 = model.embed(model.query(), batch.value(model.query()));
        NDArray v2 = model.embed(model.target(), batch.value(model.target()));
        NDArray cosines = v1.matMul(v2.transpose());
        Loss loss = new Loss().add("cosine", 1, hinge.of(cosines, batch.random()));
        return bothWays
                ? loss.add(
                        Direction.BACKWARD.role("cosine"),
                        1,
                        hinge.of(cosines.transpose(), batch.random()))
                : loss;
    }
}
