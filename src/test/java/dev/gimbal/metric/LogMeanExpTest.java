package dev.gimbal.metric;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class LogMeanExpTest {

    @Test
    void ofEqualValuesItIsThatValue() {
        assertThat(LogMeanExp.of(-1000, -1000)).isEqualTo(-1000);
    }

    @Test
    void itIsTheLogOfTheMean() {
        assertThat(LogMeanExp.of(Math.log(1), Math.log(3))).isCloseTo(Math.log(2), within(1e-12));
    }

    @Test
    void ofImpossibleValuesItIsImpossible() {
        assertThat(LogMeanExp.of(Double.NEGATIVE_INFINITY, Double.NEGATIVE_INFINITY))
                .isEqualTo(Double.NEGATIVE_INFINITY);
    }

    @Test
    void valuesAreNeeded() {
        assertThatThrownBy(() -> LogMeanExp.of()).isInstanceOf(IllegalArgumentException.class);
    }
}
