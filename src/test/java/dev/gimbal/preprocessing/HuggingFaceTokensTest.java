package dev.gimbal.preprocessing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gimbal.bundle.Json;
import dev.gimbal.dataset.Value;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/// Over a tokenizer of 16 words that lowers case and puts 2 and 3 around a text.
class HuggingFaceTokensTest {
    private final HuggingFaceTokens tokens = new HuggingFaceTokens(json(), 6, 0);

    static String json() {
        try (var in = HuggingFaceTokensTest.class.getResourceAsStream("/imported/tokenizer.json")) {
            return new String(Objects.requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void aTextIsItsIdsAndPadding() {
        assertThat(tokens.read(Value.of("Lentil soup"))).containsExactly(2, 5, 6, 3, 0, 0);
        assertThat(new HuggingFaceTokens(json(), 5, 9).read(Value.of("soup")))
                .containsExactly(2, 6, 3, 9, 9);
        assertThat(tokens.read(Value.of("")))
                .as("an empty text is its special tokens")
                .containsExactly(2, 3, 0, 0, 0, 0);
    }

    @Test
    void anUnknownWordIsTheUnknownToken() {
        assertThat(tokens.read(Value.of("lentil stew"))).containsExactly(2, 5, 1, 3, 0, 0);
    }

    @Test
    void aLongTextIsCutAndKeepsItsEnd() {
        assertThat(tokens.read(Value.of("red tomato soup, green salad and cake")))
                .containsExactly(2, 7, 4, 6, 1, 3);
    }

    @Test
    void jsonGivesTheSameStepBack() {
        String written = Json.MAPPER.writerFor(Preprocessing.class).writeValueAsString(tokens);

        assertThat(Json.MAPPER.readValue(written, Preprocessing.class)).isEqualTo(tokens);
    }

    @Test
    void whatIsNoTokenizerIsRefused() {
        assertThatThrownBy(() -> new HuggingFaceTokens("{}", 6, 0).read(Value.of("soup")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("tokenizer");
        assertThatThrownBy(() -> new HuggingFaceTokens(json(), 0, 0))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("length 0");
        assertThatThrownBy(() -> tokens.read(Value.of(1f)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("no text");
    }
}
