package dev.gimbal.training;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import dev.gimbal.network.Parameters;
import org.junit.jupiter.api.Test;

class WeightAverageTest {

    @Test
    void isTheMeanOfWhatWasAdded() {
        try (NDManager manager = NDManager.newBaseManager();
                Parameters weights = new Parameters(manager)) {
            WeightAverage average = new WeightAverage();
            for (int epoch = 1; epoch <= 3; epoch++) {
                weights.set("w", new Shape(2), new float[] {epoch, epoch * epoch});
                average.add(weights, epoch);
            }
            assertThat(average.mean().get("w")[0]).isEqualTo(2f);
            assertThat(average.mean().get("w")[1])
                    .isEqualTo(14f / 3, org.assertj.core.data.Offset.offset(1e-5f));
        }
    }
}
