package dev.gimbal.metric;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.NoSuchElementException;
import org.junit.jupiter.api.Test;

class MeanAndDeviationTest {
    @Test
    void theDeviationIsThatOfASample() {
        assertThat(MeanAndDeviation.of(new double[] {1, 3, 5}))
                .isEqualTo(new MeanAndDeviation(3, 2));
        assertThat(MeanAndDeviation.of(new double[] {7})).isEqualTo(new MeanAndDeviation(7, 0));
        assertThatThrownBy(() -> MeanAndDeviation.of(new double[0]))
                .isInstanceOf(NoSuchElementException.class);
    }
}
