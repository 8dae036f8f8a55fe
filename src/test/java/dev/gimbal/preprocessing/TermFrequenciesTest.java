package dev.gimbal.preprocessing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.gimbal.bundle.Json;
import dev.gimbal.dataset.Value;
import java.util.List;
import org.junit.jupiter.api.Test;

class TermFrequenciesTest {
    /// Three texts: all have peas (stem "pea"), one has salt.
    private final Vocabulary vocabulary =
            new Vocabulary(Analysis.STEMS, 3, List.of("pea", "salt"), List.of(3, 1));

    private final TermFrequencies terms = new TermFrequencies(vocabulary, 1);

    private static final double PEA = 1;
    private static final double SALT = 1 + Math.log(4.0 / 2);

    @Test
    void fieldsAreUnitVectorsOfTheirKnownWeights() {
        float[] row =
                terms.read(Value.of("Peas\n\n- peas\n- pea\n- salt\n\nSalt the oven.\n\n#pea"));
        double norm = Math.hypot((1 + Math.log(2)) * PEA, SALT);

        assertThat(row).hasSize(10);
        assertThat(row[0]).as("title").isCloseTo(1, within(1e-6f));
        assertThat(row[1]).isZero();
        assertThat(row[2])
                .as("ingredients")
                .isCloseTo((float) ((1 + Math.log(2)) * PEA / norm), within(1e-6f));
        assertThat(row[3]).isCloseTo((float) (SALT / norm), within(1e-6f));
        assertThat(row[4]).as("instructions").isZero();
        assertThat(row[5]).isCloseTo((float) Math.sqrt(2), within(1e-6f));
        assertThat(row[6]).as("tags").isCloseTo(1, within(1e-6f));
        assertThat(row[8] * row[8] + row[9] * row[9]).as("all").isCloseTo(1, within(1e-6f));
    }

    @Test
    void aSentenceMeetsARecipeThatHasItsWordsInOtherFields() {
        float[] sentence = terms.read(Value.of("salt"));
        float[] recipe = terms.read(Value.of("Peas\n\n- salt"));
        double product = 0;
        for (int i = 0; i < sentence.length; i++) {
            product += sentence[i] * recipe[i];
        }

        assertThat(product).isCloseTo(SALT / Math.hypot(PEA, SALT), within(1e-6));
    }

    @Test
    void aTextOfUnknownWordsIsZero() {
        assertThat(terms.read(Value.of("Quiche"))).containsOnly(0f);
    }

    @Test
    void jsonGivesItBack() {
        String json = Json.MAPPER.writerFor(Preprocessing.class).writeValueAsString(terms);

        assertThat(Json.MAPPER.readValue(json, Preprocessing.class)).isEqualTo(terms);
    }

    @Test
    void numbersAreNoText() {
        assertThatThrownBy(() -> terms.read(Value.of(1f)))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
