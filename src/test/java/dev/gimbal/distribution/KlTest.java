package dev.gimbal.distribution;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDManager;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

class KlTest {
    private static final Offset<Float> CLOSE = within(1e-5f);

    @AutoClose private final NDManager manager = NDManager.newBaseManager();

    @Test
    void aDistributionDoesNotDivergeFromItself() {
        DiagonalGaussian q = gaussian(1.5f, 0.3f);

        assertThat(Kl.divergence(q, q).getFloat(0)).isCloseTo(0, CLOSE);
    }

    @Test
    void betweenTwoScalarsItIsTheClosedForm() {
        DiagonalGaussian q = gaussian(1, (float) Math.log(4));
        DiagonalGaussian p = gaussian(3, (float) Math.log(2));

        // (4 / 2 + 2^2 / 2 - 1 - log(4 / 2)) / 2
        float forwards = (float) ((2 + 2 - 1 - Math.log(2)) / 2);
        // (2 / 4 + 2^2 / 4 - 1 + log(4 / 2)) / 2
        float backwards = (float) ((0.5 + 1 - 1 + Math.log(2)) / 2);
        assertThat(Kl.divergence(q, p).getFloat(0)).isCloseTo(forwards, CLOSE);
        assertThat(Kl.divergence(p, q).getFloat(0)).isCloseTo(backwards, CLOSE);
    }

    @Test
    void dimensionsAddUpAndRowsStayApart() {
        DiagonalGaussian q =
                new DiagonalGaussian(
                        manager.create(new float[][] {{1, 2}, {0, 0}}),
                        manager.create(new float[][] {{0, 0}, {0, 0}}));
        DiagonalGaussian standard = new DiagonalGaussian(q.mean().zerosLike(), q.logVariance());

        float[] divergence = Kl.divergence(q, standard).toFloatArray();

        assertThat(divergence).containsExactly(new float[] {2.5f, 0}, CLOSE);
    }

    private DiagonalGaussian gaussian(float mean, float logVariance) {
        return new DiagonalGaussian(
                manager.create(new float[][] {{mean}}),
                manager.create(new float[][] {{logVariance}}));
    }
}
