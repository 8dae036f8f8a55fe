package dev.gimbal.metric;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DciTest {

    @Test
    void perfectCodesComeNearOneAndReachItAsAlphaGrows() {
        double[][] perfect = {{1, 0, 0}, {0, 0, 1}, {0, 1, 0}};
        Dci dci = Dci.of(perfect, Dci.ALPHA);
        assertThat(dci.disentanglement()).isBetween(.999, 1.0);
        assertThat(dci.completeness()).isBetween(.999, 1.0);
        assertThat(dci.informativeness()).isEqualTo(1);
        assertThat(Dci.of(perfect, 100).disentanglement()).isCloseTo(1, within(1e-12));
    }

    @ParameterizedTest
    @ValueSource(doubles = {0, .5, 1})
    void codesThatFollowEverythingAlikeAreWhollyEntangled(double correlation) {
        double[][] table = {{correlation, correlation}, {correlation, correlation}};
        Dci dci = Dci.of(table, Dci.ALPHA);
        assertThat(dci.disentanglement()).isCloseTo(0, within(1e-12));
        assertThat(dci.completeness()).isCloseTo(0, within(1e-12));
        assertThat(dci.informativeness()).isEqualTo(correlation);
    }

    @Test
    void duplicatedCodesAreDisentangledButNotComplete() {
        double[][] duplicated = {{1, 0}, {1, 0}, {0, 1}, {0, 1}};
        Dci dci = Dci.of(duplicated, Dci.ALPHA);
        assertThat(dci.disentanglement()).isGreaterThan(.99);
        assertThat(dci.completeness()).isCloseTo(.5, within(.01));
    }

    @Test
    void aTwoByTwoTableHasTheClosedForm() {
        double p = Math.exp(.9 * 5) / (Math.exp(.9 * 5) + Math.exp(.4 * 5));
        double h = -(p * Math.log(p) + (1 - p) * Math.log(1 - p)) / Math.log(2);
        Dci dci = Dci.of(new double[][] {{.9, .4}, {.4, .9}}, 5);
        assertThat(dci.disentanglement()).isCloseTo(1 - h, within(1e-12));
        assertThat(dci.completeness()).isCloseTo(1 - h, within(1e-12));
        assertThat(dci.informativeness()).isCloseTo(.9, within(1e-12));
    }

    @Test
    void rowsUseTheNumberOfFactorsAndColumnsThatOfLatents() {
        double[][] even = {{.3, .3, .3}, {.3, .3, .3}};
        assertThat(Dci.of(even, 1).disentanglement()).isCloseTo(0, within(1e-12));
        assertThat(Dci.of(even, 1).completeness()).isCloseTo(0, within(1e-12));
    }

    @Test
    void aSingleFactorCannotBeMixedUp() {
        assertThat(Dci.of(new double[][] {{.2}, {.9}}, 10).disentanglement()).isEqualTo(1);
    }

    @Test
    void whatIsNoTableOfCorrelationsIsRefused() {
        assertThatThrownBy(() -> Dci.of(new double[0][], 10)).hasMessageContaining("empty");
        assertThatThrownBy(() -> Dci.of(new double[][] {{1}, {1, 0}}, 10))
                .hasMessageContaining("lengths");
        assertThatThrownBy(() -> Dci.of(new double[][] {{-.5}}, 10)).hasMessageContaining("-0.5");
        assertThatThrownBy(() -> Dci.of(new double[][] {{Double.NaN}}, 10))
                .hasMessageContaining("NaN");
    }
}
