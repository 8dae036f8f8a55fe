package dev.gimbal.training;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import dev.gimbal.family.PairedModel;
import dev.gimbal.family.Rivae;
import dev.gimbal.network.Rows;

/// The z that every training query had when the chart was last aligned. It stands among the
/// parameters while training lasts, so that checkpoints hold it, and is dropped at the end.
final class Anchor {
    static final String PARAMETER = "training.anchor";

    /// Under which name batches hold their rows of it.
    static final String COLUMN = "anchor";

    private Anchor() {}

    static void set(Rivae model, float[][] means) {
        int latent = means[0].length;
        float[] flat = new float[means.length * latent];
        for (int i = 0; i < means.length; i++) {
            System.arraycopy(means[i], 0, flat, i * latent, latent);
        }
        model.parameters().set(model.role(PARAMETER), new Shape(means.length, latent), flat);
    }

    /// The data with the anchors of every direction that has one.
    static TrainingData beside(TrainingData data, PairedModel model) {
        TrainingData all = data;
        for (PairedModel side : model.directions()) {
            if (model.parameters().contains(side.role(PARAMETER))) {
                NDArray anchor = model.parameters().get(side.role(PARAMETER));
                all = all.with(side.role(COLUMN), Rows.of(anchor));
            }
        }
        return all;
    }

    static void drop(PairedModel model) {
        model.directions().forEach(side -> model.parameters().remove(side.role(PARAMETER)));
    }
}
