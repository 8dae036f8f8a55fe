package dev.gimbal.objective;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import dev.gimbal.Gradient;
import dev.gimbal.objective.RetrievalHinge.Negatives;
import java.util.random.RandomGenerator;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

class RetrievalHingeTest {
    private static final Offset<Float> CLOSE = within(1e-5f);
    // margins to the match, row by row: 3 and 4; 1 and -1; -5 and 0
    private static final float[][] SCORES = {{5, 2, 1}, {3, 4, 5}, {6, 1, 1}};

    @AutoClose private final NDManager manager = NDManager.newBaseManager();

    @Test
    void hardestHoldsAQueryAgainstItsBestScoredMismatch() {
        // 2 - 5 + 1 < 0; 5 - 4 + 1 = 2; 6 - 1 + 1 = 6
        assertThat(loss(Negatives.HARDEST, 0)).isCloseTo((0 + 2 + 6) / 3f, CLOSE);
    }

    @Test
    void allAveragesOverEveryMismatch() {
        // 0 and 0; 3 - 4 + 1 = 0 and 2; 6 and 1 - 1 + 1 = 1
        assertThat(loss(Negatives.ALL, 0)).isCloseTo((0 + 0 + 0 + 2 + 6 + 1) / 6f, CLOSE);
    }

    @Test
    void randomMeetsOneMismatchOfEachQuery() {
        // the draw is the shift less one: the next item, or the one after it
        assertThat(loss(Negatives.RANDOM, 0)).isCloseTo((0 + 2 + 6) / 3f, CLOSE);
        assertThat(loss(Negatives.RANDOM, 1)).isCloseTo((0 + 0 + 1) / 3f, CLOSE);
    }

    @Test
    void softmaxIsTheCrossEntropyOfTheMatchAtTheMarginsTemperature() {
        RetrievalHinge hinge = new RetrievalHinge(2, Negatives.SOFTMAX);

        float loss = hinge.of(manager.create(SCORES), draw(0)).getFloat();

        double expected =
                2 * Math.log(1 + Math.exp(-3 / 2.) + Math.exp(-4 / 2.)) / 3
                        + 2 * Math.log(1 + Math.exp(-1 / 2.) + Math.exp(1 / 2.)) / 3
                        + 2 * Math.log(1 + Math.exp(5 / 2.) + Math.exp(0)) / 3;
        assertThat((double) loss).isCloseTo(expected, within(1e-5));
    }

    @Test
    void theMarginIsAddedToEveryMismatch() {
        RetrievalHinge hinge = new RetrievalHinge(10, Negatives.HARDEST);

        float loss = hinge.of(manager.create(SCORES), draw(0)).getFloat();

        assertThat(loss).isCloseTo((7 + 11 + 15) / 3f, CLOSE);
    }

    @Test
    void gradientsPullTheMatchUpAndTheMismatchDown() {
        RetrievalHinge hinge = new RetrievalHinge(1, Negatives.HARDEST);

        float[] gradient = Gradient.of(s -> hinge.of(s, draw(0)), manager.create(SCORES));

        float third = 1 / 3f;
        assertThat(gradient)
                .containsExactly(new float[] {0, 0, 0, 0, -third, third, third, 0, -third}, CLOSE);
    }

    @Test
    void oneExampleAloneIsRefused() {
        RetrievalHinge hinge = new RetrievalHinge(1, Negatives.ALL);

        assertThatThrownBy(() -> hinge.of(manager.create(new float[][] {{1}}), draw(0)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("1");
    }

    private float loss(Negatives negatives, int draw) {
        NDArray scores = manager.create(SCORES);
        return new RetrievalHinge(1, negatives).of(scores, draw(draw)).getFloat();
    }

    /// A source whose every bounded integer is `value`.
    private static RandomGenerator draw(int value) {
        return new RandomGenerator() {
            @Override
            public long nextLong() {
                return 0;
            }

            @Override
            public int nextInt(int bound) {
                return value;
            }
        };
    }
}
