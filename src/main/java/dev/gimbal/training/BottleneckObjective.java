package dev.gimbal.training;

import ai.djl.ndarray.NDArray;
import dev.gimbal.family.CosSimLvm;
import dev.gimbal.objective.Loss;
import dev.gimbal.objective.RetrievalHinge;

/// Cos-Sim-LVM: the same hinge on `cos(v1', v2)`, where v1' has passed the bottleneck z.
///
/// @param embedded whether batches hold embeddings already
record BottleneckObjective(CosSimLvm model, RetrievalHinge hinge, boolean embedded)
        implements Objective {

    @Override
    public Loss of(Batch batch) {
        NDArray x1 = batch.value(model.query());
        NDArray x2 = batch.value(model.target());
        NDArray v1 = embedded ? x1 : model.embed(model.query(), x1);
        NDArray v2 = embedded ? x2 : model.embed(model.target(), x2);
        NDArray scores = model.locate(model.target(), model.inferEmbedded(v1).mean()).scores(v2);
        return new Loss().add("cosine", 1, hinge.of(scores, batch.random()));
    }
}
