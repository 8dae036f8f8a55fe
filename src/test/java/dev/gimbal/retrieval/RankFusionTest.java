package dev.gimbal.retrieval;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;

class RankFusionTest {

    @Test
    void aScoreIsTheSumOfReciprocalRanks() {
        assertThat(RankFusion.score(List.of(1))).isCloseTo(1.0 / 61, within(1e-15));
        assertThat(RankFusion.score(List.of(1, 3))).isCloseTo(1.0 / 61 + 1.0 / 63, within(1e-15));
        assertThat(RankFusion.score(List.of())).isZero();
    }

    @Test
    void toBeInTwoListsBeatsToBeFirstInOne() {
        assertThat(RankFusion.score(List.of(40, 40))).isGreaterThan(RankFusion.score(List.of(1)));
    }
}
