package dev.gimbal.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.util.Map;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

class ParametersTest {
    @AutoClose private final NDManager manager = NDManager.newBaseManager();

    @Test
    void aSnapshotPutBackUndoesAChange() {
        Parameters parameters = new Parameters(manager);
        parameters.set("a", new Shape(2), new float[] {1, 2});
        Map<String, float[]> before = parameters.snapshot();
        parameters.set("a", new Shape(2), new float[] {3, 4});

        parameters.restore(before);

        assertThat(parameters.get("a").toFloatArray()).containsExactly(1, 2);
    }

    @Test
    void onlyTheChosenOnesAreTracked() {
        Parameters parameters = new Parameters(manager);
        parameters.set("embedder.a", new Shape(1), new float[1]);
        parameters.set("prior.a", new Shape(1), new float[1]);

        parameters.track(name -> name.startsWith("prior."));

        assertThat(parameters.get("prior.a").hasGradient()).isTrue();
        assertThat(parameters.get("embedder.a").hasGradient()).isFalse();
    }

    @Test
    void anotherShapeUnderTheSameNameIsRefused() {
        Parameters parameters = new Parameters(manager);
        parameters.set("a", new Shape(2), new float[2]);

        assertThatThrownBy(() -> parameters.set("a", new Shape(3), new float[3]))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("'a'")
                .hasMessageContaining("(3)");
    }

    @Test
    void whatIsMissingIsNamed() {
        Parameters parameters = new Parameters(manager);
        parameters.set("a", new Shape(1), new float[1]);

        assertThatThrownBy(() -> parameters.get("b"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("'b'")
                .hasMessageContaining("[a]");
    }
}
