package dev.gimbal.retrieval;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.gimbal.embedding.Posterior;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class ExpertsTest {
    private static final Posterior FIRST =
            new Posterior(new float[] {1, -2}, new float[] {0, (float) Math.log(4)});
    private static final Posterior SECOND =
            new Posterior(new float[] {3, 0}, new float[] {0, (float) Math.log(0.5)});

    @Test
    void aGaussianToAPowerHasItsVarianceDividedByIt() {
        Posterior power = Experts.product(List.of(FIRST), new double[] {4});
        assertThat(power.mean()).containsExactly(1, -2);
        float[] logVariance = Objects.requireNonNull(power.logVariance());
        assertThat(Math.exp(logVariance[0])).isCloseTo(0.25, within(1e-6));
        assertThat(Math.exp(logVariance[1])).isCloseTo(1, within(1e-6));
    }

    @Test
    void theSameExpertTwiceIsItsSquare() {
        Posterior twice = Experts.product(List.of(FIRST, FIRST), new double[] {1, 1});
        Posterior square = Experts.product(List.of(FIRST), new double[] {2});
        assertThat(square.mean()).containsExactly(twice.mean(), within(1e-6f));
        assertThat(Objects.requireNonNull(square.logVariance()))
                .containsExactly(Objects.requireNonNull(twice.logVariance()), within(1e-6f));
    }

    @Test
    void precisionsAddUp() {
        Posterior both = Experts.product(List.of(FIRST, SECOND), new double[] {1, 1});
        assertThat(both.mean()).containsExactly(new float[] {2, -0.5f / 2.25f}, within(1e-6f));
        float[] logVariance = Objects.requireNonNull(both.logVariance());
        assertThat(Math.exp(logVariance[0])).isCloseTo(0.5, within(1e-6));
        assertThat(Math.exp(logVariance[1])).isCloseTo(1 / 2.25, within(1e-6));
    }

    @Test
    void oneThatCountsOnceIsItself() {
        assertThat(Experts.product(List.of(FIRST), new double[] {1})).isSameAs(FIRST);
    }

    @Test
    void aPointStaysOneWhateverItsWeight() {
        Posterior point = new Posterior(new float[] {1, 2}, null);
        Posterior power = Experts.product(List.of(point), new double[] {3});
        assertThat(power.mean()).containsExactly(1, 2);
        assertThat(power.logVariance()).isNull();
    }
}
