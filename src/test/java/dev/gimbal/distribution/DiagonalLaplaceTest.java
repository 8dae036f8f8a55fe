package dev.gimbal.distribution;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

class DiagonalLaplaceTest {
    private static final Offset<Float> CLOSE = within(1e-5f);
    private static final int DRAWS = 200_000;

    @AutoClose private final NDManager manager = NDManager.newBaseManager();

    @Test
    void logDensityIsMinusTheDistanceInScalesLessTheLogOfTwoScales() {
        DiagonalLaplace laplace = laplace(new float[] {1, 0}, new float[] {2, 0.5f});

        float density = laplace.logDensity(row(4, -1)).getFloat();

        // 3 / 2 + 1 / 0.5, and log(2 * 2) + log(2 * 0.5)
        assertThat(density).isCloseTo((float) (-3.5 - Math.log(4)), CLOSE);
    }

    @Test
    void theStandardOneIsNoDistanceFromItself() {
        DiagonalLaplace laplace = laplace(new float[] {3, -1}, new float[] {2, 0.5f});

        assertThat(laplace.standard().divergenceFromStandard().getFloat()).isCloseTo(0, CLOSE);
    }

    @Test
    void theDivergenceIsTheMeanLogRatioOverDraws() {
        DiagonalLaplace laplace = laplace(new float[] {0.7f, -1.5f}, new float[] {0.4f, 1.3f});
        RandomGenerator random = RandomGeneratorFactory.of("L64X128MixRandom").create(1);

        double mean = 0;
        for (int chunk = 0; chunk < 20; chunk++) {
            float[] noise = new float[DRAWS / 20 * 2];
            for (int i = 0; i < noise.length; i++) {
                noise[i] = (float) laplace.noise(random);
            }
            NDArray z =
                    laplace.sample(
                            manager.create(noise, new ai.djl.ndarray.types.Shape(DRAWS / 20, 2)));
            mean +=
                    laplace.logDensity(z).sub(laplace.standard().logDensity(z)).mean().getFloat()
                            / 20;
        }

        assertThat((double) laplace.divergenceFromStandard().getFloat())
                .isCloseTo(mean, within(0.02));
    }

    @Test
    void theVarianceIsTwiceTheSquaredScale() {
        float[] variance =
                laplace(new float[] {0, 0}, new float[] {2, 3}).logVariance().exp().toFloatArray();

        assertThat(variance).containsExactly(new float[] {8, 18}, within(1e-4f));
    }

    private DiagonalLaplace laplace(float[] mean, float[] scale) {
        return new DiagonalLaplace(row(mean), row(scale).log());
    }

    private NDArray row(float... values) {
        return manager.create(values).expandDims(0);
    }
}
