package dev.gimbal.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.gimbal.training.FastIca.Components;
import java.util.Arrays;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FastIcaTest {

    @ParameterizedTest
    @ValueSource(ints = {2, 3, 6})
    void uniformSourcesAreRecoveredWithinDegrees(int sources) {
        Mixed mixed = Mixed.of(3_000, sources, 1, RandomGenerator::nextDouble);
        Components found = FastIca.fit(mixed.samples(), 1);
        assertThat(found.converged()).isTrue();
        assertThat(mixed.worstAngle(found.alignment())).isLessThan(5);
        assertThat(mixed.amariError(found.alignment())).isLessThan(.05);
        assertThat(found.subGaussianity()).isCloseTo(1.2 * sources, within(.06 * sources));
    }

    @Test
    void sourcesOfSixLevelsAreRecoveredToo() {
        Mixed mixed = Mixed.of(3_000, 3, 2, random -> random.nextInt(6));
        assertThat(mixed.worstAngle(FastIca.fit(mixed.samples(), 1).alignment())).isLessThan(5);
    }

    @Test
    void heavyTailedSourcesAreRecoveredButAreNotSubGaussian() {
        Mixed mixed =
                Mixed.of(
                        5_000,
                        3,
                        3,
                        random -> random.nextExponential() * (random.nextBoolean() ? 1 : -1));
        Components found = FastIca.fit(mixed.samples(), 1);
        assertThat(mixed.worstAngle(found.alignment())).isLessThan(10);
        assertThat(found.subGaussianity()).isLessThan(-4);
    }

    @Test
    void gaussianSourcesShowNothing() {
        Mixed mixed = Mixed.of(5_000, 3, 4, RandomGenerator::nextGaussian);
        assertThat(FastIca.fit(mixed.samples(), 1).subGaussianity()).isBetween(-.4, .4);
    }

    @Test
    void alignedCoordinatesAreWhite() {
        Mixed mixed = Mixed.of(2_000, 3, 5, RandomGenerator::nextDouble);
        var alignment = FastIca.fit(mixed.samples(), 1).alignment();
        double[][] products = new double[3][3];
        double[] sums = new double[3];
        for (float[] z : mixed.samples()) {
            double[] aligned = new double[3];
            for (int i = 0; i < 3; i++) {
                for (int j = 0; j < 3; j++) {
                    aligned[i] += alignment.unmixing()[i][j] * (z[j] - alignment.mean()[j]);
                }
                sums[i] += aligned[i] / 2_000;
            }
            for (int i = 0; i < 3; i++) {
                for (int j = 0; j < 3; j++) {
                    products[i][j] += aligned[i] * aligned[j] / 1_999;
                }
            }
        }
        assertThat(sums).containsExactly(new double[3], within(1e-4));
        for (int i = 0; i < 3; i++) {
            for (int j = 0; j < 3; j++) {
                assertThat(products[i][j]).isCloseTo(i == j ? 1 : 0, within(1e-3));
            }
        }
    }

    @Test
    void orderAndSignsDoNotDependOnTheSearch() {
        Mixed mixed = Mixed.of(2_000, 3, 6, RandomGenerator::nextDouble);
        float[][] first = FastIca.fit(mixed.samples(), 1).alignment().unmixing();
        float[][] other = FastIca.fit(mixed.samples(), 2).alignment().unmixing();
        for (int i = 0; i < 3; i++) {
            assertThat(other[i]).containsExactly(first[i], within(1e-3f));
        }
        assertThat(FastIca.fit(mixed.samples(), 1).alignment().unmixing()).isDeepEqualTo(first);
    }

    @Test
    void whatHasNoUnmixingIsRefused() {
        assertThatThrownBy(() -> FastIca.fit(new float[3][3], 1))
                .hasMessageContaining("3 coordinates needs more than 3 samples");
        float[][] constant = Mixed.of(100, 3, 1, RandomGenerator::nextDouble).samples();
        Arrays.stream(constant).forEach(row -> row[1] = 4);
        assertThatThrownBy(() -> FastIca.fit(constant, 1)).hasMessageContaining("do not vary");
        constant[5][1] = Float.NaN;
        assertThatThrownBy(() -> FastIca.fit(constant, 1)).hasMessageContaining("not finite");
    }
}
