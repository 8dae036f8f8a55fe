package dev.gimbal.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import dev.gimbal.bundle.Json;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class NetworkTest {
    @AutoClose private final NDManager manager = NDManager.newBaseManager();

    static Stream<Network> networks() {
        return Stream.of(
                new Mlp(8, List.of(6, 5), 3, Activation.TANH),
                new Mlp(8, List.of(), 3, Activation.LEAKY_RELU),
                new ConvolutionalEncoder(List.of(2, 8, 8), List.of(4, 6), 5, 3),
                new ConvolutionalDecoder(8, 5, List.of(6, 4), List.of(2, 8, 8)),
                new TrunkAndHead(
                        new Mlp(8, List.of(), 6, Activation.TANH),
                        new Mlp(6, List.of(), 3, Activation.RELU)),
                new BagOfWords(9, 4, List.of(5), 3),
                new TextConvolution(9, 4, List.of(1, 2), 5, 3),
                new HierarchicalLstm(9, 4, 4, 5, 3),
                new ResNet(List.of(3, 32, 32), 2, List.of(1, 1, 1, 1), true),
                new HubDiscount(new Mlp(8, List.of(), 3, Activation.TANH), 5, 2, 0.5, true),
                new Muted(new Mlp(8, List.of(6), 3, Activation.TANH), 1),
                new KernelNetwork(8, 5, 3),
                new Residual(new Mlp(8, List.of(6), 3, Activation.TANH)),
                new Identity(8));
    }

    private static int inputSize(Network network) {
        return switch (network) {
            case ConvolutionalEncoder _ -> 2 * 8 * 8;
            case ResNet _ -> 3 * 32 * 32;
            default -> 8;
        };
    }

    @ParameterizedTest
    @MethodSource("networks")
    void jsonGivesTheSameNetworkBack(Network network) {
        String json = Json.MAPPER.writerFor(Network.class).writeValueAsString(network);

        assertThat(Json.MAPPER.readValue(json, Network.class)).isEqualTo(network);
    }

    @ParameterizedTest
    @MethodSource("networks")
    void theSameSeedDrawsTheSameWeights(Network network) {
        Map<String, float[]> once = Forward.initialised(network, manager, 5).snapshot();
        Map<String, float[]> again = Forward.initialised(network, manager, 5).snapshot();

        assertThat(again.keySet()).isEqualTo(once.keySet());
        once.forEach((name, values) -> assertThat(again.get(name)).containsExactly(values));
    }

    @ParameterizedTest
    @MethodSource("networks")
    void whatAPassComputesIsFreedWithItsInput(Network network) {
        Parameters parameters = Forward.initialised(network, manager, 1);
        int before = parameters.manager().getManagedArrays().size();

        try (NDManager pass = parameters.manager().newSubManager()) {
            network.forward(parameters, "net", pass.zeros(new Shape(2, inputSize(network))));
        }

        assertThat(parameters.manager().getManagedArrays()).hasSize(before);
    }

    @ParameterizedTest
    @MethodSource("networks")
    void aRowIsTheSameAloneAndInABatch(Network network) {
        Parameters parameters = Forward.initialised(network, manager, 1);
        int size = inputSize(network);
        NDArray wave = manager.arange(3f * size).reshape(3, size).div(3 * size).sin();
        NDArray batch = network instanceof TextEncoder ? wave.mul(9).floor() : wave;

        NDArray together = network.forward(parameters, "net", batch);
        NDArray alone = network.forward(parameters, "net", batch.get("1:2"));

        assertThat(together.getShape()).isEqualTo(new Shape(3, network.outputSize()));
        assertThat(alone.toFloatArray())
                .containsExactly(together.get(1).toFloatArray(), within(1e-6f));
    }

    /// The sub-pixel form against the definition: every input pixel adds its value times the 4 x 4
    /// kernel, two pixels on for each step, of which one pixel at each edge is cut off.
    @Test
    void aTransposedConvolutionSpreadsEveryPixelOverFourByFour() {
        Parameters parameters = new Parameters(manager);
        TransposedConvolution.initialise(
                parameters, "net", 2, 3, RandomGenerator.of("L64X128MixRandom"));
        NDArray x = manager.arange(2 * 3 * 4f).reshape(1, 2, 3, 4).sin();

        float[] fast = TransposedConvolution.forward(parameters, "net", x).toFloatArray();

        assertThat(fast).containsExactly(spread(parameters, x.toFloatArray()), within(1e-5f));
    }

    private static float[] spread(Parameters parameters, float[] x) {
        float[] weight = parameters.get("net.weight").toFloatArray();
        float[] bias = parameters.get("net.bias").toFloatArray();
        int in = 2;
        int out = 3;
        int height = 3;
        int width = 4;
        float[] y = new float[out * 2 * height * 2 * width];
        for (int o = 0; o < out; o++) {
            for (int row = 0; row < 2 * height; row++) {
                for (int column = 0; column < 2 * width; column++) {
                    y[(o * 2 * height + row) * 2 * width + column] =
                            bias[(2 * (row % 2) + column % 2) * out + o];
                }
            }
        }
        for (int i = 0; i < in; i++) {
            for (int h = 0; h < height; h++) {
                for (int w = 0; w < width; w++) {
                    for (int tap = 0; tap < 16 * out; tap++) {
                        int o = tap / 16;
                        int row = 2 * h + tap % 16 / 4 - 1;
                        int column = 2 * w + tap % 4 - 1;
                        if (row < 0 || row >= 2 * height || column < 0 || column >= 2 * width) {
                            continue;
                        }
                        int down = row % 2;
                        int right = column % 2;
                        // which of the 2 x 2 taps of its pixel's own convolution
                        int a = h - (row / 2 - 1 + down);
                        int b = w - (column / 2 - 1 + right);
                        int group = (2 * down + right) * out + o;
                        y[(o * 2 * height + row) * 2 * width + column] +=
                                x[(i * height + h) * width + w]
                                        * weight[((group * in + i) * 2 + a) * 2 + b];
                    }
                }
            }
        }
        return y;
    }

    @Test
    void anAffineLayerIsItsMatrixAndItsBias() {
        Mlp affine = new Mlp(2, List.of(), 2, Activation.RELU);
        Parameters parameters = new Parameters(manager);
        parameters.set("net.0.weight", new Shape(2, 2), new float[] {1, 2, 3, 4});
        parameters.set("net.0.bias", new Shape(2), new float[] {10, -20});

        NDArray y = affine.forward(parameters, "net", manager.create(new float[][] {{1, 1}}));

        assertThat(y.toFloatArray()).containsExactly(13, -13);
        assertThat(affine.outputLayer("net")).isEqualTo("net.0");
    }

    @Test
    void hiddenLayersPassTheirNonLinearityAndTheLastDoesNot() {
        Mlp network = new Mlp(1, List.of(2), 1, Activation.LEAKY_RELU);
        Parameters parameters = new Parameters(manager);
        parameters.set("net.0.weight", new Shape(2, 1), new float[] {1, -1});
        parameters.set("net.0.bias", new Shape(2), new float[2]);
        parameters.set("net.1.weight", new Shape(1, 2), new float[] {-1, 0});
        parameters.set("net.1.bias", new Shape(1), new float[1]);

        NDArray y = network.forward(parameters, "net", manager.create(new float[][] {{5}, {-5}}));

        // leaky ReLU has slope 0.2 below zero, and the output is not rectified
        assertThat(y.toFloatArray()).containsExactly(new float[] {-5, 1}, within(1e-6f));
    }

    @Test
    void weightsStartWithinOneOverTheRootOfTheInputs() {
        Mlp network = new Mlp(100, List.of(), 50, Activation.TANH);

        float[] weights =
                Forward.initialised(network, manager, 3).get("net.0.weight").toFloatArray();

        assertThat(weights).hasSize(5_000);
        for (float weight : weights) {
            assertThat(Math.abs(weight)).isLessThanOrEqualTo(0.1f);
        }
        assertThat(weights[0]).isNotEqualTo(weights[1]);
    }

    @Test
    void layersWithoutUnitsAreRefused() {
        assertThatThrownBy(() -> new Mlp(3, List.of(4, 0), 2, Activation.TANH))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("[4, 0]");
    }

    @Test
    void anImageThatCannotBeHalvedIsRefused() {
        assertThatThrownBy(() -> new ConvolutionalEncoder(List.of(1, 8, 10), List.of(4, 4), 5, 3))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("[1, 8, 10]");
        assertThatThrownBy(() -> new ConvolutionalEncoder(List.of(1, 8, 8), List.of(), 5, 3))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("[]");
    }

    @Test
    void anUnknownKindOfNetworkIsRefused() {
        assertThatThrownBy(() ->
                        Json.MAPPER.readValue("{\"type\": \"java.lang.Runtime\"}", Network.class))
                .hasMessageContaining("java.lang.Runtime");
    }
}
