package dev.gimbal.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

class AdamTest {
    @AutoClose private final NDManager manager = NDManager.newBaseManager();
    @AutoClose private final Adam adam = new Adam(manager);

    private final NDArray parameter = manager.create(new float[] {1, -2});

    @Test
    void twoStepsAreThoseOfThePaper() {
        adam.update("p", parameter, manager.create(new float[] {0.5f, -4}), 0.1);
        // at the first step the corrected moments are g and g^2: a step of the learning rate
        assertThat(parameter.toFloatArray()).containsExactly(new float[] {0.9f, -1.9f}, near());

        adam.update("p", parameter, manager.create(new float[] {-0.25f, -4}), 0.1);
        // m = .9 * .1 * .5 + .1 * -.25 = .02, v = .999 * .001 * .25 + .001 * .0625 = .00031225
        double first = 0.02 / (1 - 0.81);
        double second = 0.00031225 / (1 - 0.998001);
        float moved = (float) (0.9 - 0.1 * first / Math.sqrt(second));
        assertThat(parameter.toFloatArray()).containsExactly(new float[] {moved, -1.8f}, near());
    }

    @Test
    void aParameterThatJoinsLaterHasItsOwnStepCount() {
        NDArray late = manager.create(new float[] {0});
        adam.update("p", parameter, manager.create(new float[] {1, 1}), 0.1);
        adam.update("p", parameter, manager.create(new float[] {1, 1}), 0.1);
        adam.update("late", late, manager.create(new float[] {7}), 0.1);

        assertThat(adam.steps()).containsEntry("p", 2).containsEntry("late", 1);
        assertThat(late.toFloatArray()).containsExactly(new float[] {-0.1f}, near());
    }

    @Test
    void afterAResetTheFirstStepIsAFirstStepAgain() {
        adam.update("p", parameter, manager.create(new float[] {1, 1}), 0.1);
        adam.reset();
        float[] before = parameter.toFloatArray();

        adam.update("p", parameter, manager.create(new float[] {-9, 9}), 0.1);

        assertThat(parameter.toFloatArray())
                .containsExactly(new float[] {before[0] + 0.1f, before[1] - 0.1f}, near());
        assertThat(adam.moments().names()).hasSize(2);
    }

    private static org.assertj.core.data.Offset<Float> near() {
        return within(1e-5f);
    }
}
