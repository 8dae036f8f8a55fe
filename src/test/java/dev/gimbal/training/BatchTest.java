package dev.gimbal.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDManager;
import java.util.Map;
import java.util.random.RandomGeneratorFactory;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

class BatchTest {
    @AutoClose private final NDManager manager = NDManager.newBaseManager();

    @Test
    void everyPerturbationHasItsLength() {
        float[] lengths =
                batch(1).perturbation(4, 100, 0.3)
                        .square()
                        .sum(new int[] {1})
                        .sqrt()
                        .toFloatArray();

        assertThat(lengths).containsExactly(new float[] {0.3f, 0.3f, 0.3f, 0.3f}, within(1e-5f));
    }

    @Test
    void perturbationsPointInDifferentDirections() {
        float[] rows = batch(1).perturbation(2, 100, 10).toFloatArray();

        int equal = 0;
        for (int i = 0; i < 100; i++) {
            equal += rows[i] == rows[100 + i] ? 1 : 0;
        }
        assertThat(equal).isBetween(30, 70);
    }

    @Test
    void noiseIsStandardNormalAndFollowsTheSeed() {
        float[] noise = batch(1).noise(100, 100).toFloatArray();

        double mean = 0;
        double squares = 0;
        for (float value : noise) {
            mean += value / noise.length;
            squares += value * value / noise.length;
        }
        assertThat(mean).isCloseTo(0, within(0.03));
        assertThat(squares).isCloseTo(1, within(0.05));
        assertThat(batch(1).noise(100, 100).toFloatArray()).containsExactly(noise);
    }

    @Test
    void aModalityThatIsNotThereIsNamed() {
        assertThatThrownBy(() -> batch(1).value("x1"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("'x1'");
    }

    private Batch batch(long seed) {
        return new Batch(
                manager, Map.of(), RandomGeneratorFactory.of("L64X128MixRandom").create(seed), 0);
    }
}
