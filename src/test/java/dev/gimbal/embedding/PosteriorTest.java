package dev.gimbal.embedding;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.gimbal.family.GenerativeLayout;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PosteriorTest {
    private static final int DRAWS = 100_000;

    /// `E|z - mean|` is `deviation sqrt(2 / pi)` of a Gaussian, and the scale, `deviation /
    /// sqrt(2)`, of a Laplace distribution.
    @ParameterizedTest
    @CsvSource({"GAUSSIAN, 0.7979", "LAPLACE, 0.7071"})
    void samplesHaveTheMomentsOfTheirKind(GenerativeLayout.Posterior kind, double absolute) {
        Posterior posterior =
                new Posterior(new float[] {3}, new float[] {(float) Math.log(4)}, kind);
        SplittableRandom random = new SplittableRandom(1);
        double[] apart =
                IntStream.range(0, DRAWS)
                        .mapToDouble(_ -> posterior.sample(random)[0] - 3)
                        .toArray();

        assertThat(Arrays.stream(apart).sum() / DRAWS).isCloseTo(0, within(0.03));
        assertThat(Arrays.stream(apart).map(d -> d * d).sum() / DRAWS).isCloseTo(4, within(0.12));
        assertThat(Arrays.stream(apart).map(Math::abs).sum() / DRAWS)
                .isCloseTo(2 * absolute, within(0.02));
    }

    @Test
    void strataGoRoundTheComponentsFromARandomOneOn() {
        List<Posterior> parts =
                IntStream.range(0, 3)
                        .mapToObj(i -> new Posterior(new float[] {i}, new float[1]))
                        .toList();
        Posterior mixture = Posterior.mixture(new float[] {1}, parts);
        int[] firsts = new int[3];
        for (int seed = 0; seed < 300; seed++) {
            List<Posterior> strata = mixture.strata(4, new SplittableRandom(seed));
            int first = (int) strata.getFirst().mean()[0];
            firsts[first]++;
            for (int s = 0; s < 4; s++) {
                assertThat(strata.get(s)).isSameAs(parts.get((first + s) % 3));
            }
        }
        assertThat(Arrays.stream(firsts)).allMatch(count -> count > 70 && count < 130);
    }

    @Test
    void oneComponentTakesNoRandomNumbersToChoose() {
        Posterior one = new Posterior(new float[] {1}, new float[1]);
        SplittableRandom random = new SplittableRandom(7);

        assertThat(one.strata(2, random)).containsExactly(one, one);
        assertThat(random.nextLong()).isEqualTo(new SplittableRandom(7).nextLong());
    }

    @Test
    void pointsAndMixturesHaveNoSampleOfTheirOwn() {
        SplittableRandom random = new SplittableRandom(1);
        Posterior point = new Posterior(new float[] {1}, null);

        assertThatThrownBy(() -> point.sample(random)).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> Posterior.mixture(new float[] {1}, List.of(point)).sample(random))
                .isInstanceOf(IllegalStateException.class);
    }
}
