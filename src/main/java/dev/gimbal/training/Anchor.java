package dev.gimbal.training;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import dev.gimbal.family.PairedModel;
import dev.gimbal.family.Rivae;
import java.util.Arrays;
import java.util.Optional;

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
        model.parameters().set(PARAMETER, new Shape(means.length, latent), flat);
    }

    static Optional<float[][]> read(PairedModel model) {
        if (!model.parameters().contains(PARAMETER)) {
            return Optional.empty();
        }
        NDArray anchor = model.parameters().get(PARAMETER);
        int latent = Math.toIntExact(anchor.getShape().get(1));
        float[] flat = anchor.toFloatArray();
        float[][] rows = new float[flat.length / latent][];
        for (int i = 0; i < rows.length; i++) {
            rows[i] = Arrays.copyOfRange(flat, i * latent, (i + 1) * latent);
        }
        return Optional.of(rows);
    }
}
