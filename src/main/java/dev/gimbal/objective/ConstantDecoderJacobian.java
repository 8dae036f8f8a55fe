package dev.gimbal.objective;

import ai.djl.ndarray.NDArray;
import dev.gimbal.distribution.Constant;
import java.util.function.UnaryOperator;

/// Keeps a decoder's chart flat: `E |J(z) - E J|^2 / |E J|^2`, so that one step of a factor means
/// the same everywhere.
///
/// The Jacobian is taken by central differences, which needs first-order gradients only.
public final class ConstantDecoderJacobian {
    private static final float SAFE = 1e-12f;

    private ConstantDecoderJacobian() {}

    /// The scalar penalty.
    ///
    /// @param decoder `[batch, latent] -> [batch, k]`
    /// @param z `[batch, latent]`
    /// @param step half the distance between the two evaluations
    public static NDArray of(UnaryOperator<NDArray> decoder, NDArray z, double step) {
        int latent = Math.toIntExact(z.getShape().get(1));
        NDArray spread = null;
        NDArray size = null;
        for (int j = 0; j < latent; j++) {
            float[] direction = new float[latent];
            direction[j] = (float) step;
            NDArray offset = z.getManager().create(direction);
            NDArray column =
                    Constant.times(
                            1 / (2 * step),
                            decoder.apply(z.add(offset))
                                    .sub(decoder.apply(z.sub(offset)))); // [batch, k]
            NDArray mean = column.mean(new int[] {0}, true);
            NDArray columnSpread = column.sub(mean).square().sum(new int[] {1}).mean();
            NDArray columnSize = mean.square().sum();
            spread = spread == null ? columnSpread : spread.add(columnSpread);
            size = size == null ? columnSize : size.add(columnSize);
        }
        if (spread == null || size == null) {
            throw new IllegalArgumentException("z has no dimension");
        }
        return spread.div(size.add(SAFE));
    }
}
