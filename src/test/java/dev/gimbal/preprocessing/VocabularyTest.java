package dev.gimbal.preprocessing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

class VocabularyTest {
    private static final List<String> TEXTS =
            List.of("Salt the water.", "Boil the water", "Serve, with salt; salt to taste");

    @Test
    void wordsAreCountedByTheTextsThatHoldThem() {
        Vocabulary vocabulary = Vocabulary.of(Analysis.WORDS, TEXTS, 100, 2);

        assertThat(vocabulary.words()).containsExactly("salt", "the", "water");
        assertThat(vocabulary.counts()).containsExactly(2, 2, 2);
        assertThat(vocabulary.texts()).isEqualTo(3);
    }

    @Test
    void theMostFrequentWordsAreKeptAndTiesGoByTheAlphabet() {
        Vocabulary vocabulary = Vocabulary.of(Analysis.WORDS, TEXTS, 2, 1);

        assertThat(vocabulary.words()).containsExactly("salt", "the");
    }

    @Test
    void unknownWordsHaveNoPlace() {
        Vocabulary vocabulary = Vocabulary.of(Analysis.WORDS, TEXTS, 100, 2);

        assertThat(vocabulary.places("The WATER is salted, s\u00e1lt!"))
                .containsExactly(1, 2, -1, -1, 0);
    }

    @Test
    void stemsJoinTheFormsOfAWordAndLeaveOutStopWords() {
        assertThat(Analysis.STEMS.words("the baked potatoes were baking"))
                .containsExactly("bake", "potato", "were", "bake");
    }

    @Test
    void wordsOutOfOrderAreRefused() {
        assertThatThrownBy(
                        () -> new Vocabulary(Analysis.WORDS, 1, List.of("b", "a"), List.of(1, 1)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("'b', 'a'");
    }
}
