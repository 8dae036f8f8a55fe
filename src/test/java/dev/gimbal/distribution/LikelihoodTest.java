package dev.gimbal.distribution;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import dev.gimbal.distribution.Likelihood.Kind;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

class LikelihoodTest {
    private static final Offset<Float> CLOSE = within(1e-4f);

    @AutoClose private final NDManager manager = NDManager.newBaseManager();

    @Test
    void bernoulliIsTheCrossEntropyAlsoOfPixelsBetween() {
        NDArray logits = row((float) Math.log(3), 0); // probabilities 3/4 and 1/2

        float density = Likelihood.of(Kind.BERNOULLI).logDensity(logits, row(1, 0.25f)).getFloat();

        assertThat(density).isCloseTo((float) (Math.log(0.75) + Math.log(0.5)), CLOSE);
    }

    @Test
    void bernoulliDoesNotOverflowAtLargeLogits() {
        float density =
                Likelihood.of(Kind.BERNOULLI).logDensity(row(200, -300), row(0, 1)).getFloat();

        assertThat(density).isCloseTo(-500, CLOSE);
    }

    @Test
    void gaussianAndLaplaceAreTheirDensities() {
        NDArray x = row(3, -1);
        NDArray mean = row(1, 0);

        // (2 / 2)^2 / 2 + (1 / 2)^2 / 2
        assertThat(new Likelihood(Kind.GAUSSIAN, 2).logDensity(mean, x).getFloat())
                .isCloseTo((float) (-0.625 - Math.log(2 * Math.PI) - 2 * Math.log(2)), CLOSE);
        // 2 / 2 + 1 / 2
        assertThat(new Likelihood(Kind.LAPLACE, 2).logDensity(mean, x).getFloat())
                .isCloseTo((float) (-1.5 - 2 * Math.log(4)), CLOSE);
    }

    @Test
    void categoricalCountsEveryWordAndNoPadding() {
        // words 1 and 2 with probabilities 1/4 and 1/2
        NDArray logits = row((float) Math.log(0.25), (float) Math.log(0.25), (float) Math.log(0.5));

        float density =
                Likelihood.of(Kind.CATEGORICAL).logDensity(logits, row(2, 1, 2, 0)).getFloat();

        assertThat(density).isCloseTo((float) (2 * Math.log(0.5) + Math.log(0.25)), CLOSE);
    }

    @Test
    void theMeanIsAProbabilityWhereTheOutputIsALogit() {
        NDArray output = row(0, (float) Math.log(3));

        assertThat(Likelihood.of(Kind.BERNOULLI).mean(output).toFloatArray())
                .containsExactly(new float[] {0.5f, 0.75f}, CLOSE);
        assertThat(Likelihood.of(Kind.CATEGORICAL).mean(output).toFloatArray())
                .containsExactly(new float[] {0.25f, 0.75f}, CLOSE);
        assertThat(new Likelihood(Kind.LAPLACE, 1).mean(output).toFloatArray())
                .containsExactly(output.toFloatArray());
    }

    @Test
    void aScaleThatIsNotPositiveIsRefused() {
        assertThatThrownBy(() -> new Likelihood(Kind.GAUSSIAN, 0))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("0.0");
    }

    private NDArray row(float... values) {
        return manager.create(values).expandDims(0);
    }
}
