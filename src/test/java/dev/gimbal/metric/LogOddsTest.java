package dev.gimbal.metric;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

class LogOddsTest {
    private static final List<String> SWEET = List.of("salt", "sugar", "flour");
    private static final List<String> SAVOURY = List.of("salt", "pepper", "flour");

    private static WordCounts texts(int sweet, int savoury) {
        List<List<String>> all = new java.util.ArrayList<>(Collections.nCopies(sweet, SWEET));
        all.addAll(Collections.nCopies(savoury, SAVOURY));
        return WordCounts.of(all);
    }

    @Test
    void aWordCountsOnceAText() {
        assertThat(WordCounts.of(List.of(List.of("a", "a", "b"))).of("a")).isEqualTo(1);
    }

    @Test
    void theFormulaIsThatOfThePaper() {
        WordCounts first = WordCounts.of(List.of(List.of("a"), List.of("a"), List.of("b")));
        WordCounts second = WordCounts.of(List.of(List.of("a"), List.of("b"), List.of("b")));
        WordCounts background = WordCounts.of(List.of(List.of("a"), List.of("b")));

        LogOdds.Word a = new LogOdds(10).of(first, second, background).getFirst();

        // y + prior is 2 + 5 against 1 + 5, n + a0 is 13
        double delta = Math.log(7.0 / 6) - Math.log(6.0 / 7);
        assertThat(a.word()).isEqualTo("a");
        assertThat(a.logOdds()).isCloseTo(delta, within(1e-12));
        assertThat(a.z()).isCloseTo(delta / Math.sqrt(1 / 7.0 + 1 / 6.0), within(1e-12));
        assertThat(a.count()).isEqualTo(2);
    }

    @Test
    void whatDiffersStandsAtTheEndsAndWhatIsCommonInTheMiddle() {
        List<LogOdds.Word> words = LogOdds.STANDARD.of(texts(40, 2), texts(2, 40), texts(100, 100));

        assertThat(words.getFirst().word()).isEqualTo("sugar");
        assertThat(words.getLast().word()).isEqualTo("pepper");
        assertThat(words.getFirst().z()).isGreaterThan(1.96);
        assertThat(
                        words.stream()
                                .filter(w -> w.word().equals("salt"))
                                .findFirst()
                                .orElseThrow()
                                .z())
                .isCloseTo(0, within(.1));
    }

    @Test
    void swappingTheGroupsSwapsTheSign() {
        WordCounts background = texts(50, 50);
        LogOdds.Word here = LogOdds.STANDARD.of(texts(9, 1), texts(1, 9), background).getFirst();
        LogOdds.Word there = LogOdds.STANDARD.of(texts(1, 9), texts(9, 1), background).getLast();

        assertThat(there.word()).isEqualTo(here.word());
        assertThat(there.logOdds()).isCloseTo(-here.logOdds(), within(1e-12));
    }

    @Test
    void moreTextsMakeTheSameDifferenceSurer() {
        WordCounts background = texts(100, 100);
        double few = LogOdds.STANDARD.of(texts(4, 1), texts(1, 4), background).getFirst().z();
        double many = LogOdds.STANDARD.of(texts(40, 10), texts(10, 40), background).getFirst().z();

        assertThat(many).isGreaterThan(few);
    }

    @Test
    void correlationKeepsItsSign() {
        double[] up = {1, 2, 3, 4};
        double[] down = {8, 6, 4, 2};

        assertThat(PearsonCorrelation.of(up, up)).isCloseTo(1, within(1e-12));
        assertThat(PearsonCorrelation.of(up, down)).isCloseTo(-1, within(1e-12));
        assertThat(PearsonCorrelation.of(up, new double[] {3, 3, 3, 3})).isZero();
    }
}
