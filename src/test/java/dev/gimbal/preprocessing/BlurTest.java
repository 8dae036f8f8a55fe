package dev.gimbal.preprocessing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import dev.gimbal.bundle.Json;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

class BlurTest {
    @AutoClose private final NDManager manager = NDManager.newBaseManager();

    @Test
    void aPointBecomesTheGaussianAroundIt() {
        Blur blur = new Blur(1, 9, 1, 0, 9);

        float[] response = blur.blur(point(9, 4, 3)).toFloatArray();

        for (int row = 0; row < 9; row++) {
            for (int column = 0; column < 9; column++) {
                double squared = Math.pow(row - 4, 2) + Math.pow(column - 3, 2);
                float expected = (float) (Math.exp(-squared / 2) / (2 * Math.PI));
                assertThat(response[row * 9 + column]).isCloseTo(expected, within(1e-6f));
            }
        }
    }

    @Test
    void withEnoughPaddingNoMassIsLost() {
        Blur blur = new Blur(1, 8, 2, 12, 8);
        int pixelsInABlock = 4 * 4;

        for (int corner : new int[] {0, 4, 7}) {
            float mass = blur.blur(point(8, corner, corner)).sum().getFloat() * pixelsInABlock;
            assertThat(mass).isCloseTo(1, within(1e-3f));
        }
    }

    @Test
    void aCoarserGridAveragesTheFinerOne() {
        NDArray picture = manager.arange(64f).reshape(1, 64).sin();
        float[] fine = new Blur(1, 8, 1.5, 4, 16).blur(picture).toFloatArray();

        float[] coarse = new Blur(1, 8, 1.5, 4, 8).blur(picture).toFloatArray();

        float average = (fine[0] + fine[1] + fine[16] + fine[17]) / 4;
        assertThat(coarse[0]).isCloseTo(average, within(1e-6f));
    }

    @Test
    void channelsAreBlurredOnTheirOwn() {
        Blur two = new Blur(2, 8, 1, 0, 4);
        NDArray red = point(8, 2, 5);
        NDArray both = red.concat(red.zerosLike(), 1);

        float[] response = two.blur(both).toFloatArray();

        float[] single = new Blur(1, 8, 1, 0, 4).blur(red).toFloatArray();
        assertThat(response).hasSize(two.outputSize());
        assertThat(java.util.Arrays.copyOf(response, 16)).containsExactly(single, within(1e-6f));
        assertThat(java.util.Arrays.copyOfRange(response, 16, 32)).containsOnly(0);
    }

    @Test
    void jsonGivesTheSameBlurBack() {
        Blur blur = new Blur(3, 64, 16, 32, 16);

        assertThat(Json.MAPPER.readValue(Json.MAPPER.writeValueAsString(blur), Blur.class))
                .isEqualTo(blur);
    }

    @Test
    void aGridThatDoesNotDivideThePaddedSideIsRefused() {
        assertThatThrownBy(() -> new Blur(1, 64, 16, 3, 16))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("padding 3");
        assertThatThrownBy(() -> new Blur(1, 64, Double.NaN, 0, 16))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("NaN");
    }

    private NDArray point(int side, int row, int column) {
        float[] picture = new float[side * side];
        picture[row * side + column] = 1;
        return manager.create(picture).reshape(1, (long) side * side);
    }
}
