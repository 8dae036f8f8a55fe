package dev.gimbal.metric;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;

class TraversalCorrelationTest {
    private static final double[] STEPS = {-1, 0, 1, 2};

    @Test
    void aFactorThatFollowsInALineHasCorrelationOneWhicheverWayItGoes() {
        assertThat(TraversalCorrelation.of(STEPS, new double[] {3, 5, 7, 9}))
                .isCloseTo(1, within(1e-12));
        assertThat(TraversalCorrelation.of(STEPS, new double[] {.4, .3, .2, .1}))
                .isCloseTo(1, within(1e-12));
    }

    @Test
    void aFactorThatStaysPutHasNone() {
        assertThat(TraversalCorrelation.of(STEPS, new double[] {.1, .1, .1, .1})).isZero();
        assertThat(TraversalCorrelation.of(STEPS, new double[] {0, 0, 0, 0})).isZero();
        assertThat(TraversalCorrelation.of(new double[] {.7, .7, .7, .7}, STEPS)).isZero();
    }

    @Test
    void aSymmetricHumpHasNone() {
        assertThat(TraversalCorrelation.of(STEPS, new double[] {0, 1, 1, 0}))
                .isCloseTo(0, within(1e-12));
    }

    @Test
    void itIsPearsonsFormula() {
        double[] factor = {1, 3, 2, 5};
        double expected = (-1.5 * -1.75 + -.5 * .25 + .5 * -.75 + 1.5 * 2.25);
        expected /= Math.sqrt(5 * (1.75 * 1.75 + .25 * .25 + .75 * .75 + 2.25 * 2.25));
        assertThat(TraversalCorrelation.of(STEPS, factor)).isCloseTo(expected, within(1e-12));
    }

    @Test
    void tablesAreAveragedCellByCell() {
        assertThat(
                        TraversalCorrelation.average(
                                List.of(new double[][] {{1, 0}}, new double[][] {{0, .5}})))
                .isDeepEqualTo(new double[][] {{.5, .25}});
        assertThatThrownBy(() -> TraversalCorrelation.average(List.of()))
                .hasMessageContaining("no query");
        assertThatThrownBy(() -> TraversalCorrelation.of(STEPS, new double[] {1}))
                .hasMessageContaining("4 positions and 1");
    }
}
