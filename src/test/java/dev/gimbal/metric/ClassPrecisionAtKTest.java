package dev.gimbal.metric;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import org.junit.jupiter.api.Test;

class ClassPrecisionAtKTest {
    private static final int[] ITEMS = {0, 1, 0, 1};

    @Test
    void itIsTheShareOfTheFirstItemsThatAreOfTheClass() {
        float[] scores = {.9f, .8f, -.7f, -.9f};

        assertThat(ClassPrecisionAtK.of(scores, 0, ITEMS, 1)).isEqualTo(1);
        assertThat(ClassPrecisionAtK.of(scores, 0, ITEMS, 2)).isEqualTo(.5);
        assertThat(ClassPrecisionAtK.of(scores, 0, ITEMS, 3)).isCloseTo(2 / 3.0, within(1e-12));
        assertThat(ClassPrecisionAtK.of(scores, 1, ITEMS, 1)).isZero();
    }

    @Test
    void queriesCountAlike() {
        float[][] scores = {{.9f, .1f, .8f, .2f}, {.9f, .1f, .8f, .2f}};

        assertThat(ClassPrecisionAtK.of(scores, new int[] {0, 1}, ITEMS, 2)).isEqualTo(.5);
    }

    @Test
    void aTieAndWhatIsNoNumberCountAgainstTheModel() {
        assertThat(ClassPrecisionAtK.of(new float[4], 0, ITEMS, 2)).isZero();
        assertThat(ClassPrecisionAtK.of(new float[] {0f, -0f, 0f, -0f}, 0, ITEMS, 2)).isZero();
        assertThat(ClassPrecisionAtK.of(new float[] {1, Float.NaN, 1, 0}, 0, ITEMS, 1)).isZero();
        assertThat(ClassPrecisionAtK.of(new float[] {Float.NaN, 1, 1, 0}, 0, ITEMS, 3))
                .isCloseTo(1 / 3.0, within(1e-12));
        float infinity = Float.POSITIVE_INFINITY;
        assertThat(ClassPrecisionAtK.of(new float[] {infinity, 1, 1, -infinity}, 0, ITEMS, 1))
                .isEqualTo(1);
    }

    @Test
    void randomScoresReachTheShareOfTheClass() {
        Random random = new Random(1);
        float[][] scores = new float[200][500];
        int[] queries = new int[200];
        int[] items = new int[500];
        for (int i = 0; i < 500; i++) {
            items[i] = i % 10;
        }
        for (int q = 0; q < 200; q++) {
            queries[q] = q % 10;
            for (int i = 0; i < 500; i++) {
                scores[q][i] = random.nextFloat();
            }
        }
        // 10,000 draws of probability .1: deviation .003
        assertThat(ClassPrecisionAtK.of(scores, queries, items, 50)).isCloseTo(.1, within(.012));
    }

    @Test
    void asManyItemsAsAskedForAreNeeded() {
        assertThatThrownBy(() -> ClassPrecisionAtK.of(new float[4], 0, ITEMS, 5))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("5");
        assertThatThrownBy(() -> ClassPrecisionAtK.of(new float[0][], new int[0], ITEMS, 1))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
