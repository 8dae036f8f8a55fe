package dev.gimbal.objective;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import dev.gimbal.Gradient;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

class CrossEntropyTest {
    @AutoClose private final NDManager manager = NDManager.newBaseManager();

    private NDArray array(float... values) {
        return manager.create(values, new Shape(2, values.length / 2));
    }

    @Test
    void equalLogitsCostTheLogarithmOfTheNumberOfClasses() {
        float loss =
                CrossEntropy.of(array(1, 1, 1, -5, -5, -5), array(0, 1, 0, 0, 0, 1)).getFloat();

        assertThat(loss).isCloseTo((float) Math.log(3), within(1e-6f));
    }

    @Test
    void itIsTheLogarithmOfTheSoftmax() {
        // softmax of (0, log 3) is (1/4, 3/4)
        float logThree = (float) Math.log(3);
        float loss = CrossEntropy.of(array(0, logThree, 0, logThree), array(1, 0, 0, 1)).getFloat();

        assertThat(loss).isCloseTo((float) (Math.log(4) + Math.log(4 / 3.0)) / 2, within(1e-6f));
    }

    @Test
    void greatLogitsDoNotOverflow() {
        assertThat(CrossEntropy.of(array(1e4f, 0, 1e4f, 0), array(1, 0, 0, 1)).getFloat())
                .isCloseTo(5e3f, within(1f));
    }

    @Test
    void theGradientIsSoftmaxLessLabelOverTheBatch() {
        NDArray labels = array(1, 0, 0, 1);
        float[] gradient = Gradient.of(x -> CrossEntropy.of(x, labels), array(0, 0, 0, 0));

        assertThat(gradient).containsExactly(-.25f, .25f, .25f, -.25f);
    }
}
