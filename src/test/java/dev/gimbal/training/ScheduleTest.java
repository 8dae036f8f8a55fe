package dev.gimbal.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class ScheduleTest {
    @Test
    void aConstantStaysAtOne() {
        assertThat(Schedule.CONSTANT.at(0)).isEqualTo(1);
        assertThat(Schedule.CONSTANT.at(0.99)).isEqualTo(1);
    }

    @Test
    void aCosineGoesFromOneToItsEndThroughTheMiddle() {
        Schedule cosine = Schedule.cosine(0.2);

        assertThat(cosine.at(0)).isEqualTo(1);
        assertThat(cosine.at(0.5)).isCloseTo(0.6, within(1e-12));
        assertThat(cosine.at(1)).isCloseTo(0.2, within(1e-12));
    }
}
