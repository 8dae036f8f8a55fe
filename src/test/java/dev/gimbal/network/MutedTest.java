package dev.gimbal.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import java.util.List;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

class MutedTest {
    @AutoClose private final NDManager manager = NDManager.newBaseManager();

    @Test
    void theLastOutputsAreNoughtAndTheOthersAsTheyWere() {
        NDArray x = Rows.matrix(manager, List.of(new float[] {1, 2, 3}, new float[] {4, 5, 6}));

        NDArray y = new Muted(new Identity(3), 2).forward(new Parameters(manager), "net", x);

        assertThat(Rows.of(y)).isEqualTo(new float[][] {{1, 0, 0}, {4, 0, 0}});
    }

    @Test
    void somethingMustBeLeft() {
        assertThatThrownBy(() -> new Muted(new Identity(2), 2))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("2 of 2 outputs");
    }
}
