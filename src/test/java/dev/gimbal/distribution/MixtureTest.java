package dev.gimbal.distribution;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import dev.gimbal.Gradient;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

/// Of `N(3, 1)` and `N(-1, 1)` in each of three rows.
class MixtureTest {
    @AutoClose private final NDManager manager = NDManager.newBaseManager();

    @Test
    void whereEveryRowHasEveryComponentAllCountAlike() {
        Mixture mixture = mixture(null, null);

        assertThat(mixture.weights()).isEmpty();
        assertThat(mixture.mean().toFloatArray()).containsExactly(1, 1, 1);
        assertThat((double) mixture.logDensity(column(1, 1, 1)).getFloat(0))
                .isCloseTo(-2 - 0.5 * Math.log(2 * Math.PI), within(1e-6));
    }

    @Test
    void aRowMixesTheComponentsThatItHas() {
        Mixture mixture = mixture(column(1, 1, 0), column(1, 0, 1));

        assertThat(mixture.mean().toFloatArray()).containsExactly(1, 3, -1);
        float[] logs = mixture.logDensity(column(1, 1, 1)).toFloatArray();
        for (float log : logs) {
            assertThat((double) log).isCloseTo(-2 - 0.5 * Math.log(2 * Math.PI), within(1e-6));
        }
        float[] atThree = mixture.logDensity(column(3, 3, 3)).toFloatArray();
        double peak = -0.5 * Math.log(2 * Math.PI);
        assertThat((double) atThree[0])
                .isCloseTo(peak + Math.log((1 + Math.exp(-8)) / 2), within(1e-6));
        assertThat((double) atThree[1]).isCloseTo(peak, within(1e-6));
        assertThat((double) atThree[2]).isCloseTo(peak - 8, within(1e-5));
    }

    @Test
    void aRowThatHasNoneMixesAll() {
        Mixture mixture = mixture(column(0, 1, 0), column(0, 1, 1));

        assertThat(mixture.mean().toFloatArray()).containsExactly(1, 1, -1);
        assertThat(mixture.logDensity(column(1, 1, 1)).toFloatArray())
                .containsExactly(mixture(null, null).logDensity(column(1, 1, 1)).toFloatArray());
    }

    @Test
    void noGradientComesFromAComponentThatARowLacks() {
        NDArray means = column(3, 3, 3);

        float[] gradient =
                Gradient.of(
                        m -> {
                            List<@Nullable NDArray> presences = new ArrayList<>();
                            presences.add(column(1, 0, 0));
                            presences.add(null);
                            return Mixture.of(List.of(gaussian(m), gaussian(-1)), presences)
                                    .logDensity(column(1, 1, 1))
                                    .sum();
                        },
                        means);

        // of log(1/2 (N(1; m, 1) + N(1; -1, 1))) at m = 3: (1 - m) / 2
        assertThat(gradient[0]).isCloseTo(-1, within(1e-5f));
        assertThat(gradient[1]).isZero();
        assertThat(gradient[2]).isZero();
    }

    @Test
    void weightsAreOfEveryComponentOrOfNone() {
        List<Density> components = List.of(gaussian(0), gaussian(1));
        List<NDArray> weights = List.of(column(1, 1, 1));

        assertThatThrownBy(() -> new Mixture(components, weights))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("1 weights of 2 components");
    }

    private Mixture mixture(@Nullable NDArray first, @Nullable NDArray second) {
        List<@Nullable NDArray> presences = new ArrayList<>();
        presences.add(first);
        presences.add(second);
        return Mixture.of(List.of(gaussian(3), gaussian(-1)), presences);
    }

    private DiagonalGaussian gaussian(float mean) {
        return gaussian(column(mean, mean, mean));
    }

    private static DiagonalGaussian gaussian(NDArray mean) {
        return new DiagonalGaussian(mean, mean.zerosLike());
    }

    private NDArray column(float... entries) {
        return manager.create(entries).expandDims(1);
    }
}
