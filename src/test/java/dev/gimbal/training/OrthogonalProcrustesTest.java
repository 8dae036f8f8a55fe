package dev.gimbal.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.gimbal.family.Alignment;
import java.util.Arrays;
import java.util.random.RandomGenerator;
import org.ejml.simple.SimpleMatrix;
import org.junit.jupiter.api.Test;

class OrthogonalProcrustesTest {

    private static Alignment fit(Mixed mixed, int labelled) {
        return OrthogonalProcrustes.fit(
                mixed.samples(),
                Arrays.copyOf(mixed.samples(), labelled),
                Arrays.copyOf(mixed.sources(), labelled));
    }

    @Test
    void rotatedWhiteDataAreTurnedBackExactly() {
        float c = (float) Math.cos(1.1);
        float s = (float) Math.sin(1.1);
        float[][] factors = {{1, 1}, {1, -1}, {-1, 1}, {-1, -1}};
        float[][] rotated =
                Arrays.stream(factors)
                        .map(f -> new float[] {c * f[0] - s * f[1] + 3, s * f[0] + c * f[1] - 2})
                        .toArray(float[][]::new);
        Alignment alignment = OrthogonalProcrustes.fit(rotated, rotated, factors);
        // unit variance with divisor n - 1: the corners lie at sqrt(3) / 2
        float unit = (float) Math.sqrt(.75);
        assertThat(alignment.mean()).containsExactly(new float[] {3, -2}, within(1e-5f));
        assertThat(alignment.unmixing()[0])
                .containsExactly(new float[] {unit * c, unit * s}, within(1e-5f));
        assertThat(alignment.unmixing()[1])
                .containsExactly(new float[] {-unit * s, unit * c}, within(1e-5f));
    }

    @Test
    void twentyLabelsAlignGaussianFactorsThatNothingElseCan() {
        Mixed mixed = Mixed.of(5_000, 3, 1, RandomGenerator::nextGaussian);
        Alignment alignment = fit(mixed, 20);
        assertThat(mixed.worstAngle(alignment)).isLessThan(10);
        assertThat(mixed.amariError(alignment)).isLessThan(.1);
    }

    @Test
    void axesComeInTheFactorsOrderAndDirection() {
        Mixed mixed = Mixed.of(5_000, 4, 2, RandomGenerator::nextGaussian);
        SimpleMatrix product = mixed.undone(fit(mixed, 200));
        for (int k = 0; k < 4; k++) {
            assertThat(product.get(k, k)).isGreaterThan(.97);
        }
    }

    @Test
    void latentsBeyondTheFactorsComeAfterThem() {
        Mixed mixed = Mixed.of(5_000, 3, 3, RandomGenerator::nextGaussian);
        float[][] two =
                Arrays.stream(mixed.sources())
                        .map(f -> new float[] {f[2], f[0]})
                        .toArray(float[][]::new);
        SimpleMatrix product =
                mixed.undone(
                        OrthogonalProcrustes.fit(
                                mixed.samples(),
                                Arrays.copyOf(mixed.samples(), 100),
                                Arrays.copyOf(two, 100)));
        assertThat(product.get(0, 2)).isGreaterThan(.97);
        assertThat(product.get(1, 0)).isGreaterThan(.97);
        assertThat(Math.abs(product.get(2, 1))).isGreaterThan(.97);
    }

    @Test
    void tooFewOrUselessLabelsAreRefused() {
        Mixed mixed = Mixed.of(100, 3, 4, RandomGenerator::nextGaussian);
        assertThatThrownBy(() -> fit(mixed, 3))
                .hasMessageContaining("3 labelled examples")
                .hasMessageContaining("more than 3");
        float[][] ten = Arrays.copyOf(mixed.samples(), 10);
        assertThatThrownBy(() -> OrthogonalProcrustes.fit(mixed.samples(), ten, new float[10][2]))
                .hasMessageContaining("factor 0 (from 0) does not vary");
        assertThatThrownBy(() -> OrthogonalProcrustes.fit(mixed.samples(), ten, new float[10][4]))
                .hasMessageContaining("4 factors for 3 latents");
        assertThatThrownBy(() -> OrthogonalProcrustes.fit(ten, ten, new float[9][2]))
                .hasMessageContaining("9 rows");
        assertThatThrownBy(() -> OrthogonalProcrustes.fit(new float[2][3], ten, ten))
                .hasMessageContaining("more than 2 samples");
    }
}
