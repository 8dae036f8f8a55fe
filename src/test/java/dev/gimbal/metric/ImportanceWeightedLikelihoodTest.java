package dev.gimbal.metric;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import org.junit.jupiter.api.Test;

class ImportanceWeightedLikelihoodTest {

    @Test
    void equalWeightsGiveTheirLogarithm() {
        assertThat(ImportanceWeightedLikelihood.of(new double[][] {{-900, -900}, {-800, -800}}))
                .isEqualTo(-850);
    }

    @Test
    void itIsTheLogarithmOfTheMeanWeight() {
        double[][] weights = {{Math.log(1), Math.log(3)}};

        assertThat(ImportanceWeightedLikelihood.of(weights)).isCloseTo(Math.log(2), within(1e-12));
    }

    /// z ~ N(0, 1), x | z ~ N(z, 1), so x ~ N(0, 2); the proposal is N(x/2, 1), not the posterior.
    @Test
    void aLinearGaussianModelHasItsClosedForm() {
        Random random = new Random(1);
        double x = 1.3;
        double[] weights = new double[100_000];
        for (int s = 0; s < weights.length; s++) {
            double noise = random.nextGaussian();
            double z = x / 2 + noise;
            weights[s] = normal(z, 1) + normal(x - z, 1) - normal(noise, 1);
        }

        assertThat(ImportanceWeightedLikelihood.of(new double[][] {weights}))
                .isCloseTo(normal(x, 2), within(5e-3));
    }

    private static double normal(double x, double variance) {
        return -.5 * (x * x / variance + Math.log(2 * Math.PI * variance));
    }

    @Test
    void whatIsNoNumberIsRefused() {
        assertThatThrownBy(() -> ImportanceWeightedLikelihood.of(new double[][] {{0, Double.NaN}}))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> ImportanceWeightedLikelihood.of(new double[][] {{0, 1}, {0}}))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("1 samples");
        assertThatThrownBy(() -> ImportanceWeightedLikelihood.of(new double[0][]))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
