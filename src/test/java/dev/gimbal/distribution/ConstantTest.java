package dev.gimbal.distribution;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import dev.gimbal.Gradient;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

class ConstantTest {
    @AutoClose private final NDManager manager = NDManager.newBaseManager();

    @Test
    void everyEntryIsMultiplied() {
        NDArray x = manager.create(new float[] {1, -2});

        assertThat(Constant.times(0.5, x).toFloatArray()).containsExactly(0.5f, -1);
    }

    @Test
    void theGradientOutlivesAGarbageCollectionBeforeTheBackwardPass() {
        NDArray x = manager.create(new float[] {1, 2, 3});

        float[] gradient =
                Gradient.of(
                        y -> {
                            NDArray sum = Constant.times(1, y);
                            for (int i = 0; i < 100; i++) {
                                sum = sum.add(Constant.times(0.25, y));
                            }
                            return sum.sum();
                        },
                        x,
                        ConstantTest::fillFreedMemory);

        assertThat(gradient).containsExactly(26, 26, 26);
    }

    /// Frees what nobody holds, and writes something else where it stood.
    private static void fillFreedMemory() {
        List<ByteBuffer> held = new ArrayList<>();
        for (int round = 0; round < 3; round++) {
            System.gc();
            for (int i = 0; i < 2_000; i++) {
                ByteBuffer buffer = ByteBuffer.allocateDirect(4).order(ByteOrder.nativeOrder());
                buffer.putFloat(0, -7);
                held.add(buffer);
            }
        }
    }
}
