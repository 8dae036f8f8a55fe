package dev.gimbal.objective;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import dev.gimbal.distribution.Constant;
import java.util.random.RandomGenerator;

/// How far the coordinates of z are from independent: the sliced 2-Wasserstein distance between a
/// batch and the same batch with each coordinate shuffled on its own, `d * E_u W2^2(u.z,
/// u.shuffled(z))` over random unit directions u.
///
/// Zero in expectation when the aggregated z factorises, as the total correlation `KL(q(z) ||
/// prod_j q(z_j))` is; unlike it, this needs no discriminator.
///
/// @param directions number of random directions
public record TotalCorrelation(int directions) {

    /// The scalar penalty; gradients flow through the batch, not through its shuffled copy.
    ///
    /// @param z `[batch, latent]`
    public NDArray of(NDArray z, RandomGenerator random) {
        int batch = Math.toIntExact(z.getShape().get(0));
        int latent = Math.toIntExact(z.getShape().get(1));
        NDArray u =
                z.getManager().create(unitColumns(latent, random), new Shape(latent, directions));
        NDArray shuffled =
                z.getManager().create(shuffle(z.toFloatArray(), latent, random), z.getShape());
        NDArray distance = z.matMul(u).sort(0).sub(shuffled.matMul(u).sort(0)).square();
        return Constant.times((double) latent / ((long) batch * directions), distance.sum());
    }

    private float[] unitColumns(int latent, RandomGenerator random) {
        float[] u = new float[latent * directions];
        for (int column = 0; column < directions; column++) {
            double[] direction = new double[latent];
            double norm = 0;
            for (int j = 0; j < latent; j++) {
                direction[j] = random.nextGaussian();
                norm += direction[j] * direction[j];
            }
            for (int j = 0; j < latent; j++) {
                u[j * directions + column] = (float) (direction[j] / Math.sqrt(norm));
            }
        }
        return u;
    }

    private static float[] shuffle(float[] z, int latent, RandomGenerator random) {
        int batch = z.length / latent;
        for (int j = 0; j < latent; j++) {
            for (int i = batch - 1; i > 0; i--) {
                int other = random.nextInt(i + 1);
                float swapped = z[i * latent + j];
                z[i * latent + j] = z[other * latent + j];
                z[other * latent + j] = swapped;
            }
        }
        return z;
    }
}
