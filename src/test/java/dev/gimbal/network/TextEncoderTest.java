package dev.gimbal.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.training.GradientCollector;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class TextEncoderTest {
    /// Two texts of up to three sentences of up to four words.
    private static final float[][] IDS = {
        {2, 3, 1, 0, 4, 0, 0, 0, 0, 0, 0, 0}, {5, 6, 2, 3, 0, 0, 0, 0, 6, 4, 0, 0}
    };

    private static final BagOfWords BAG = new BagOfWords(7, 3, List.of(), 2);
    private static final TextConvolution CONVOLUTION =
            new TextConvolution(7, 3, List.of(1, 3), 2, 2);
    private static final TextConvolution ONE_WIDTH = new TextConvolution(7, 3, List.of(2), 2, 2);
    private static final HierarchicalLstm LSTM = new HierarchicalLstm(7, 3, 4, 2, 2);

    @AutoClose private final NDManager manager = NDManager.newBaseManager();

    static Stream<TextEncoder> encoders() {
        return Stream.of(BAG, CONVOLUTION, ONE_WIDTH, LSTM);
    }

    static Stream<Arguments> valuesOfPyTorch() {
        return Stream.of(
                Arguments.of(BAG, new float[] {0.176619f, -0.050259f, 0.156405f, -0.068774f}),
                Arguments.of(CONVOLUTION, new float[] {0.339768f, 0.232208f, 0.346367f, 0.224252f}),
                Arguments.of(LSTM, new float[] {-0.189844f, -0.34506f, -0.190497f, -0.344548f}));
    }

    @ParameterizedTest
    @MethodSource
    void valuesOfPyTorch(TextEncoder encoder, float[] expected) {
        Parameters parameters = waves(encoder);

        NDArray y = encoder.forward(parameters, "net", manager.create(IDS));

        assertThat(y.toFloatArray()).containsExactly(expected, within(2e-6f));
    }

    @ParameterizedTest
    @MethodSource("encoders")
    void paddingChangesNothing(TextEncoder encoder) {
        Parameters parameters = waves(encoder);
        float[] plain = encoder.forward(parameters, "net", manager.create(IDS)).toFloatArray();
        float[][] scattered = {
            {0, 2, 3, 1, 0, 0, 0, 0, 0, 0, 4, 0, 0, 0, 0, 0},
            {0, 0, 0, 0, 5, 6, 2, 3, 0, 0, 0, 0, 0, 6, 0, 4}
        };

        float[] padded =
                encoder.forward(parameters, "net", manager.create(scattered)).toFloatArray();

        assertThat(padded).containsExactly(plain, within(1e-6f));
    }

    @ParameterizedTest
    @MethodSource("encoders")
    void aTextWithoutWordsHasAResult(TextEncoder encoder) {
        Parameters parameters = waves(encoder);

        NDArray y =
                encoder.forward(parameters, "net", manager.create(new float[][] {new float[12]}));

        assertThat(y.toFloatArray()).hasSize(2).doesNotContain(Float.NaN);
        float[] both =
                encoder.forward(
                                parameters,
                                "net",
                                manager.create(new float[][] {IDS[0], new float[12]}))
                        .get(1)
                        .toFloatArray();
        assertThat(both).containsExactly(y.toFloatArray(), within(1e-6f));
    }

    @ParameterizedTest
    @MethodSource("encoders")
    void gradientsAreThoseOfFiniteDifferences(TextEncoder encoder) {
        Parameters parameters = waves(encoder);
        NDArray ids = manager.create(IDS);
        parameters.track(_ -> true);
        try (GradientCollector tape = Engine.getInstance().newGradientCollector()) {
            tape.backward(total(encoder, parameters, ids));
        }
        for (String name : parameters.names()) {
            NDArray array = parameters.get(name);
            float[] gradient = array.getGradient().toFloatArray();
            float[] values = array.toFloatArray();
            for (int entry = 0; entry < values.length; entry++) {
                float difference = 0;
                for (int sign = -1; sign <= 1; sign += 2) {
                    float[] moved = values.clone();
                    moved[entry] += sign * 0.002f;
                    parameters.set(name, array.getShape(), moved);
                    difference += sign * total(encoder, parameters, ids).getFloat() / 0.004f;
                }
                parameters.set(name, array.getShape(), values);
                assertThat(gradient[entry]).as(name).isCloseTo(difference, within(1e-3f));
            }
        }
        float[] words = parameters.get("net.words").getGradient().toFloatArray();
        assertThat(parameters.get("net.words").getGradient().norm().getFloat()).isPositive();
        assertThat(words[0]).as("padding learns nothing").isZero();
    }

    private static NDArray total(TextEncoder encoder, Parameters parameters, NDArray ids) {
        return encoder.forward(parameters, "net", ids).square().sum();
    }

    @Test
    void theOrderOfWordsMattersToAllButTheBag() {
        NDArray one = manager.create(new float[][] {{2, 3, 4, 0}});
        NDArray other = manager.create(new float[][] {{4, 2, 3, 0}});

        assertThat(difference(BAG, one, other)).isLessThan(1e-6f);
        assertThat(difference(CONVOLUTION, one, other)).isGreaterThan(1e-4f);
        assertThat(difference(LSTM, one, other)).isGreaterThan(1e-4f);
    }

    private float difference(TextEncoder encoder, NDArray one, NDArray other) {
        Parameters parameters = Forward.initialised(encoder, manager, 4);
        return encoder.forward(parameters, "net", one)
                .sub(encoder.forward(parameters, "net", other))
                .abs()
                .max()
                .getFloat();
    }

    @Test
    void sizesThatMakeNoNetworkAreRefused() {
        assertThatThrownBy(() -> new HierarchicalLstm(7, 3, 4, 0, 2))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("hidden 0");
        assertThatThrownBy(() -> new TextConvolution(7, 3, List.of(), 2, 2))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("widths []");
        assertThatThrownBy(() -> new BagOfWords(1, 3, List.of(), 2))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("1 words");
    }

    private Parameters waves(TextEncoder encoder) {
        Parameters parameters = Forward.initialised(encoder, manager, 1);
        Waves.fill(parameters);
        return parameters;
    }
}
