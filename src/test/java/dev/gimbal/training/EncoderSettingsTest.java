package dev.gimbal.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import dev.gimbal.bundle.Json;
import dev.gimbal.dataset.BadInputException;
import dev.gimbal.dataset.Modality;
import dev.gimbal.dataset.Value;
import dev.gimbal.network.Parameters;
import dev.gimbal.network.Rows;
import dev.gimbal.preprocessing.Analysis;
import dev.gimbal.training.EncoderSettings.TokenSettings;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class EncoderSettingsTest {
    private static final Modality RECIPE = Modality.text("recipe");
    private static final List<String> TEXTS = List.of("pea soup", "green pea", "soup\n- peas");
    private static final TokenSettings TOKENS = new TokenSettings(Analysis.WORDS, 50, 1, 3, 5);

    static Stream<EncoderSettings> textEncoders() {
        return Stream.of(
                new EncoderSettings.Words(TOKENS, 4, List.of(6)),
                new EncoderSettings.Phrases(TOKENS, 4, List.of(1, 2), 3),
                new EncoderSettings.Sentences(TOKENS, 4, 3),
                new EncoderSettings.Terms(100, 1, 5));
    }

    private static TrainingSplit split(List<String> texts) {
        return new TrainingSplit(texts.size(), texts);
    }

    @ParameterizedTest
    @MethodSource("textEncoders")
    void aTextIsReadByTheVocabularyOfTheTrainingTextsAndEmbedded(EncoderSettings settings) {
        EncoderSettings.Encoder encoder = settings.of(RECIPE, split(TEXTS), 2);
        float[] read = encoder.preprocessing().read(Value.of("green soup"));

        try (NDManager manager = NDManager.newBaseManager();
                Parameters parameters = new Parameters(manager)) {
            encoder.preprocessing().initialise(parameters, "p");
            encoder.network().initialise(parameters, "e", RandomGenerator.of("L64X128MixRandom"));
            NDArray row = Rows.matrix(manager, List.of(read));
            NDArray out =
                    encoder.network()
                            .forward(
                                    parameters,
                                    "e",
                                    encoder.preprocessing().apply(parameters, "p", row));

            assertThat(out.getShape().getShape()).containsExactly(1, 2);
            assertThat(out.toFloatArray()).doesNotContain(Float.NaN);
        }
    }

    @ParameterizedTest
    @MethodSource("textEncoders")
    void aPictureIsRefusedByTheNameOfItsModality(EncoderSettings settings) {
        assertThatThrownBy(() -> settings.of(Modality.image("dish", 3, 8, 8), split(List.of()), 2))
                .isInstanceOf(BadInputException.class)
                .hasMessageContaining("encoders.dish");
    }

    @ParameterizedTest
    @MethodSource("textEncoders")
    void surviveJson(EncoderSettings settings) {
        assertThat(
                        Json.MAPPER.readValue(
                                Json.MAPPER.writeValueAsString(settings), EncoderSettings.class))
                .isEqualTo(settings);
    }

    @Test
    void vectorsAreNoTexts() {
        assertThatThrownBy(() -> new EncoderSettings.AsIs().of(RECIPE, split(TEXTS), 2))
                .isInstanceOf(BadInputException.class)
                .hasMessageContaining("TEXT");
    }
}
