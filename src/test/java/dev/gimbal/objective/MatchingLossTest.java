package dev.gimbal.objective;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

class MatchingLossTest {
    @AutoClose private final NDManager manager = NDManager.newBaseManager();

    @Test
    void featuresThatSayNothingCostTheDivergenceOfTheUniformDistribution() {
        NDArray nothing = manager.create(new float[][] {{0, 0}, {0, 0}});

        float loss = MatchingLoss.of(nothing, nothing, matches(1, 2)).getFloat();

        // each row: 1/2 log(1/2 / 1) + 1/2 log(1/2 / 1e-8), in both directions
        double row = 0.5 * Math.log(0.5) + 0.5 * Math.log(0.5 / 1e-8);
        assertThat((double) loss).isCloseTo(2 * row, within(1e-3));
    }

    @Test
    void whereEveryRowIsOfOneClassTheUniformDistributionIsRight() {
        NDArray nothing = manager.create(new float[][] {{0, 0}, {0, 0}});

        assertThat((double) MatchingLoss.of(nothing, nothing, matches(3, 3)).getFloat())
                .isCloseTo(0, within(1e-5));
    }

    @Test
    void longFeaturesThatPointTheirPartnersWayCostNothing() {
        NDArray apart = manager.create(new float[][] {{40, 0}, {0, 40}});

        assertThat((double) MatchingLoss.of(apart, apart, matches(1, 2)).getFloat())
                .isCloseTo(0, within(1e-4));
        assertThat(MatchingLoss.of(apart, apart.flip(0), matches(1, 2)).getFloat())
                .isGreaterThan(10);
    }

    private NDArray matches(float... classes) {
        return MatchingLoss.matches(manager.create(classes).expandDims(1));
    }
}
