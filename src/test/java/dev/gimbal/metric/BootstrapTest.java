package dev.gimbal.metric;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import org.junit.jupiter.api.Test;

class BootstrapTest {

    @Test
    void aShareHasTheBinomialInterval() {
        int[] ranks = new int[400];
        Arrays.fill(ranks, 0, 100, 1);
        Arrays.fill(ranks, 100, 400, 50);
        Bootstrap.Interval interval = Bootstrap.ofRanks(ranks, RetrievalMetric.RECALL_AT_1, 1);
        double half = 1.96 * Math.sqrt(.25 * .75 / 400);
        assertThat(interval.low()).isCloseTo(.25 - half, within(.01));
        assertThat(interval.high()).isCloseTo(.25 + half, within(.01));
    }

    @Test
    void whatNeverVariesHasNoWidth() {
        int[] ranks = new int[30];
        Arrays.fill(ranks, 1);
        assertThat(Bootstrap.ofRanks(ranks, RetrievalMetric.MEDIAN_RANK, 1))
                .isEqualTo(new Bootstrap.Interval(1, 1));
    }

    @Test
    void aSeedRepeatsIt() {
        int[] ranks = {1, 5, 2, 8, 1, 3, 40};
        assertThat(Bootstrap.ofRanks(ranks, RetrievalMetric.MEAN_RECIPROCAL_RANK, 7))
                .isEqualTo(Bootstrap.ofRanks(ranks, RetrievalMetric.MEAN_RECIPROCAL_RANK, 7));
    }

    @Test
    void senselessArgumentsAreRefused() {
        assertThatThrownBy(() -> Bootstrap.interval(0, _ -> 0, .95, 1)).hasMessageContaining("0");
        assertThatThrownBy(() -> Bootstrap.interval(3, _ -> 0, 95, 1)).hasMessageContaining("95");
    }
}
