package dev.gimbal.distribution;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import dev.gimbal.Gradient;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

class DiagonalGaussianTest {
    private static final Offset<Float> CLOSE = within(1e-5f);

    @AutoClose private final NDManager manager = NDManager.newBaseManager();

    @Test
    void logDensityOfAStandardNormalAtItsMeanIsMinusHalfLogTwoPi() {
        DiagonalGaussian standard = gaussian(new float[][] {{0}}, new float[][] {{0}});

        float density = standard.logDensity(row(0)).getFloat();

        assertThat(density).isCloseTo((float) (-0.5 * Math.log(2 * Math.PI)), CLOSE);
    }

    @Test
    void logDensityIsTheSumOverDimensionsRowByRow() {
        // variances 4 and 1/4
        float log4 = (float) Math.log(4);
        DiagonalGaussian gaussian =
                gaussian(new float[][] {{1, 2}, {0, 0}}, new float[][] {{log4, -log4}, {0, log4}});

        float[] density =
                gaussian.logDensity(manager.create(new float[][] {{3, 1}, {1, 2}})).toFloatArray();

        double twoPi = Math.log(2 * Math.PI);
        // (2^2 / 4 + 1^2 / (1/4)) / 2 = 2.5, the log variances cancel
        assertThat(density[0]).isCloseTo((float) (-2.5 - twoPi), CLOSE);
        // (1 + 4 / 4) / 2 = 1, and half of log 4
        assertThat(density[1]).isCloseTo((float) (-1 - 0.5 * Math.log(4) - twoPi), CLOSE);
    }

    @Test
    void aSampleIsTheMeanPlusDeviationTimesNoise() {
        DiagonalGaussian gaussian =
                gaussian(new float[][] {{1, -2}}, new float[][] {{(float) Math.log(9), 0}});

        float[] sample = gaussian.sample(row(0.5f, -1)).toFloatArray();

        assertThat(sample).containsExactly(new float[] {2.5f, -3}, CLOSE);
    }

    @Test
    void gradientsFlowThroughASample() {
        NDArray logVariance = row((float) Math.log(9));
        NDArray mean = row(1);
        NDArray noise = row(0.5f);

        float[] byMean =
                Gradient.of(m -> new DiagonalGaussian(m, logVariance).sample(noise).sum(), mean);
        float[] byLogVariance =
                Gradient.of(s -> new DiagonalGaussian(mean, s).sample(noise).sum(), logVariance);

        assertThat(byMean[0]).isCloseTo(1, CLOSE);
        // d/ds exp(s / 2) noise = deviation / 2 * noise
        assertThat(byLogVariance[0]).isCloseTo(3f / 2 * 0.5f, CLOSE);
    }

    @Test
    void meanAndVarianceOfDifferentShapesAreRefused() {
        assertThatThrownBy(() -> new DiagonalGaussian(row(1, 2), row(1)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("(1, 2)")
                .hasMessageContaining("(1, 1)");
    }

    private DiagonalGaussian gaussian(float[][] mean, float[][] logVariance) {
        return new DiagonalGaussian(manager.create(mean), manager.create(logVariance));
    }

    private NDArray row(float... values) {
        return manager.create(new float[][] {values});
    }
}
