package dev.gimbal.preprocessing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gimbal.bundle.Json;
import dev.gimbal.dataset.Value;
import java.util.List;
import org.junit.jupiter.api.Test;

class TokensTest {
    private static final String SOUP = "Pea soup\n\n- 1 cup peas\n- salt\n\nBoil the peas.\nSalt.";
    private final Vocabulary vocabulary =
            Vocabulary.of(Analysis.WORDS, List.of("pea soup", "boil peas salt"), 10, 1);

    @Test
    void sentencesStartWithTheMarkOfTheirField() {
        // boil 5, pea 6, peas 7, salt 8, soup 9; unknown words are 1, what is missing 0
        assertThat(new Tokens(vocabulary, 6, 4).read(Value.of(SOUP)))
                .containsExactly(
                        2, 6, 9, 0, //
                        3, 1, 1, 7, //
                        3, 8, 0, 0, //
                        4, 5, 1, 7, //
                        4, 8, 0, 0, //
                        0, 0, 0, 0);
    }

    @Test
    void whatDoesNotFitIsLeftOut() {
        assertThat(new Tokens(vocabulary, 2, 3).read(Value.of(SOUP)))
                .containsExactly(2, 6, 9, 3, 1, 1);
    }

    @Test
    void aSentenceIsATitle() {
        assertThat(new Tokens(vocabulary, 1, 4).read(Value.of("soup of peas")))
                .containsExactly(2, 9, 1, 7);
    }

    @Test
    void numbersAreRefused() {
        assertThatThrownBy(() -> new Tokens(vocabulary, 1, 4).read(Value.of(1, 2)))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void surviveJson() {
        Preprocessing tokens = new Tokens(vocabulary, 2, 3);

        assertThat(
                        Json.MAPPER.readValue(
                                Json.MAPPER.writeValueAsString(tokens), Preprocessing.class))
                .isEqualTo(tokens);
    }
}
