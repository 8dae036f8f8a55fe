package dev.gimbal.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.util.List;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

class KernelNetworkTest {
    @AutoClose private final NDManager manager = NDManager.newBaseManager();

    @Test
    void theOutputIsTheWeightedSumOfGaussiansAroundTheLandmarks() {
        KernelNetwork network = new KernelNetwork(2, 3, 1);
        Parameters parameters = Forward.initialised(network, manager, 1);
        parameters.set("net.landmarks", new Shape(3, 2), new float[] {0, 0, 3, 4, 1, 0});
        parameters.set("net.output.weight", new Shape(1, 3), new float[] {2, 100, -1});
        parameters.set("net.output.bias", new Shape(1), new float[] {.5f});

        float[][] out =
                Rows.of(
                        network.forward(
                                parameters,
                                "net",
                                Rows.matrix(manager, List.of(new float[] {0, 0}))));

        assertThat((double) out[0][0])
                .isCloseTo(2 + 100 * Math.exp(-12.5) - Math.exp(-0.5) + 0.5, within(1e-5));
    }
}
