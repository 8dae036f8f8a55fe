package dev.gimbal.bundle;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class FactorTest {

    @Test
    void aValueIsMeasuredInDeviationsFromTheMeanAndADeadFactorHasNone() {
        assertThat(new Factor("alive", 1, 0.5, 0, 2).deviations(2.5)).isEqualTo(3);
        assertThat(new Factor("dead", 1, 0, 1, 1).deviations(2.5)).isZero();
    }
}
