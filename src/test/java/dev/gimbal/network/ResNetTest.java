package dev.gimbal.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.training.GradientCollector;
import java.util.List;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

class ResNetTest {
    private static final ResNet TINY = new ResNet(List.of(3, 32, 40), 2, List.of(1, 2, 1, 1), true);

    @AutoClose private final NDManager manager = NDManager.newBaseManager();

    @Test
    void aTinyOneGivesPyTorchsValues() {
        Parameters parameters = waves();

        NDArray y = TINY.forward(parameters, "net", pictures());

        assertThat(y.getShape()).isEqualTo(new Shape(2, 64));
        float[] every8th = new float[16];
        for (int i = 0; i < every8th.length; i++) {
            every8th[i] = y.toFloatArray()[8 * i];
        }
        float[] expected = {
            0.0f, 0.075919f, 0.328031f, 0.423835f, 0.608019f, 0.482432f, 0.047643f, 0.165785f,
            0.0f, 0.076087f, 0.327711f, 0.424163f, 0.607881f, 0.482233f, 0.048165f, 0.165164f
        };
        assertThat(every8th).containsExactly(expected, within(1e-5f));
    }

    @Test
    void gradientsAreThoseOfFiniteDifferences() {
        Parameters parameters = waves();
        parameters.track(name -> !Parameters.isStatistic(name));

        try (GradientCollector tape = Engine.getInstance().newGradientCollector()) {
            tape.backward(TINY.forward(parameters, "net", pictures()).square().sum());
        }

        for (String name :
                List.of(
                        "net.conv1.weight",
                        "net.bn1.bias",
                        "net.attention.score.weight",
                        "net.layer4.0.bn2.weight")) {
            float gradient = parameters.get(name).getGradient().toFloatArray()[1];
            float difference = difference(parameters, name, 1);
            assertThat(gradient)
                    .as(name)
                    .isCloseTo(difference, within(0.02f * Math.abs(difference) + 1e-3f));
            assertThat(parameters.get(name).getGradient().norm().getFloat()).isPositive();
        }
        assertThat(parameters.get("net.bn1.running_var").hasGradient()).isFalse();
    }

    private float difference(Parameters parameters, String name, int entry) {
        float[] values = parameters.get(name).toFloatArray();
        Shape shape = parameters.get(name).getShape();
        float difference = 0;
        for (int sign = -1; sign <= 1; sign += 2) {
            float[] moved = values.clone();
            moved[entry] += sign * 2e-3f;
            parameters.set(name, shape, moved);
            NDArray y = TINY.forward(parameters, "net", pictures());
            difference += sign * y.square().sum().getFloat() / 4e-3f;
        }
        parameters.set(name, shape, values);
        return difference;
    }

    @Test
    void attentionIsTheSoftmaxOfItsScores() {
        Parameters parameters = new Parameters(manager);
        parameters.set("a.hidden.weight", new Shape(1, 1, 1, 1), new float[] {1});
        parameters.set("a.hidden.bias", new Shape(1), new float[1]);
        parameters.set("a.score.weight", new Shape(1, 1, 1, 1), new float[] {2});
        NDArray x = manager.create(new float[] {0, 1, -1, 3}, new Shape(1, 1, 2, 2));

        float[] y = SpatialAttention.forward(parameters, "a", x).toFloatArray();

        double[] weights = new double[4];
        double sum = 0;
        for (int i = 0; i < 4; i++) {
            weights[i] = Math.exp(2 * Math.tanh(x.toFloatArray()[i]));
            sum += weights[i];
        }
        for (int i = 0; i < 4; i++) {
            float expected = (float) (4 * weights[i] / sum * x.toFloatArray()[i]);
            assertThat(y[i]).isCloseTo(expected, within(1e-5f));
        }
    }

    @Test
    void attentionStartsAsTheIdentity() {
        Parameters with = Forward.initialised(TINY, manager, 1);
        ResNet plain = new ResNet(TINY.shape(), TINY.width(), TINY.blocks(), false);

        assertThat(TINY.forward(with, "net", pictures()).toFloatArray())
                .containsExactly(
                        plain.forward(with, "net", pictures()).toFloatArray(), within(1e-5f));
    }

    @Test
    void resNet50TakesAPhotographAndHasTorchvisionsArrays() {
        ResNet network = new ResNet(List.of(3, 224, 224), 64, List.of(3, 4, 6, 3), true);
        try (Parameters parameters = Forward.initialised(network, manager, 1)) {
            NDArray y =
                    network.forward(parameters, "net", manager.zeros(new Shape(1, 3 * 224 * 224)));

            assertThat(y.getShape()).isEqualTo(new Shape(1, 2048));
            assertThat(y.toFloatArray()).doesNotContain(Float.NaN);
            long trained =
                    parameters.names().stream()
                            .filter(name -> !Parameters.isStatistic(name))
                            .filter(name -> !name.startsWith("net.attention."))
                            .mapToLong(name -> parameters.get(name).getShape().size())
                            .sum();
            // torchvision's 25,557,032 without the classifier's 2,049,000
            assertThat(trained).isEqualTo(23_508_032);
            assertThat(parameters.names())
                    .contains("net.layer3.5.conv3.weight", "net.layer1.0.downsample.1.running_var");
            assertThat(parameters.get("net.layer2.0.downsample.0.weight").getShape())
                    .isEqualTo(new Shape(512, 256, 1, 1));
        }
    }

    @Test
    void picturesThatVanishAreRefused() {
        assertThatThrownBy(() -> new ResNet(List.of(3, 16, 64), 64, List.of(3, 4, 6, 3), true))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("[3, 16, 64]");
        assertThatThrownBy(() -> new ResNet(List.of(1, 64, 64), 64, List.of(3, 4, 6, 3), true))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("[1, 64, 64]");
    }

    private Parameters waves() {
        Parameters parameters = Forward.initialised(TINY, manager, 1);
        Waves.fill(parameters);
        return parameters;
    }

    private NDArray pictures() {
        float[] pixels = new float[2 * 3 * 32 * 40];
        for (int i = 0; i < pixels.length; i++) {
            pixels[i] = (float) (0.5 + 0.5 * Math.sin(0.11 * i));
        }
        return manager.create(pixels, new Shape(2, 3 * 32 * 40));
    }
}
