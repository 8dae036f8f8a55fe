package dev.gimbal.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.util.Arrays;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

class AugmentationTest {
    @AutoClose private final NDManager manager = NDManager.newBaseManager();

    @Test
    void nothingSwitchedOnChangesNothing() {
        NDArray pictures = pictures(2, 4, 6);

        NDArray same = new Augmentation(1, 0, 0, 0).apply(pictures, random(1));

        assertThat(same.toFloatArray()).containsExactly(pictures.toFloatArray(), within(1e-6f));
    }

    @Test
    void aFlipMirrorsEveryRow() {
        NDArray pictures = pictures(1, 2, 3);

        float[] flipped = new Augmentation(1, 1, 0, 0).apply(pictures, random(1)).toFloatArray();

        float[] plain = pictures.toFloatArray();
        for (int i = 0; i < plain.length; i++) {
            assertThat(flipped[i]).isCloseTo(plain[i / 3 * 3 + 2 - i % 3], within(1e-6f));
        }
    }

    @Test
    void aCropOfARampIsAPartOfTheRamp() {
        float[] ramp = new float[16 * 16];
        for (int i = 0; i < ramp.length; i++) {
            ramp[i] = (i % 16 + 0.5f) / 16;
        }
        NDArray picture = manager.create(ramp, new Shape(1, 1, 16, 16));

        float[] crop = new Augmentation(0.5, 0, 0, 0).apply(picture, random(3)).toFloatArray();

        // inside the border the crop rises evenly, by its side's part of the ramp's own slope
        float slope = crop[8] - crop[7];
        assertThat(slope).isBetween(0.5f / 16, 1f / 16);
        for (int i = 4; i < 12; i++) {
            assertThat(crop[i + 1] - crop[i]).isCloseTo(slope, within(1e-5f));
            assertThat(crop[i + 16]).isCloseTo(crop[i], within(1e-5f));
        }
    }

    @Test
    void lightChangesTheMeanAndContrastTheSpread() {
        NDArray pictures = pictures(1, 8, 8).mul(0.25f).add(0.4f);
        double deviation = deviation(pictures);

        NDArray lighter = new Augmentation(1, 0, 0.2, 0).apply(pictures, random(2));
        NDArray sharper = new Augmentation(1, 0, 0, 0.2).apply(pictures, random(2));

        float factor = mean(lighter) / mean(pictures);
        assertThat(factor).isBetween(0.8f, 1.2f).isNotCloseTo(1, within(0.01f));
        assertThat(deviation(lighter)).isCloseTo(factor * deviation, within(1e-4));
        assertThat(mean(sharper)).isCloseTo(mean(pictures), within(1e-4f));
        assertThat(deviation(sharper) / deviation)
                .isBetween(0.8, 1.2)
                .isNotCloseTo(1, within(0.01));
    }

    @Test
    void variationsStayInRangeAndVaryEachPictureBySeed() {
        NDArray one = pictures(1, 8, 8);
        NDArray two = one.concat(one, 0);

        Augmentation dishes = new Augmentation(0.75, 0.5, 0.2, 0.2);
        float[] varied = dishes.apply(two, random(5)).toFloatArray();
        float[] again = dishes.apply(two, random(5)).toFloatArray();

        assertThat(again).containsExactly(varied);
        for (float pixel : varied) {
            assertThat(pixel).isBetween(0f, 1f);
        }
        int half = varied.length / 2;
        assertThat(Arrays.copyOf(varied, half))
                .isNotEqualTo(Arrays.copyOfRange(varied, half, 2 * half));
    }

    @Test
    void aCropOfNothingIsRefused() {
        assertThatThrownBy(() -> new Augmentation(0, 0.5, 0.2, 0.2))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("smallestCrop 0.0");
    }

    private NDArray pictures(int batch, int height, int width) {
        float[] pixels = new float[batch * 3 * height * width];
        for (int i = 0; i < pixels.length; i++) {
            pixels[i] = (float) (0.5 + 0.5 * Math.sin(1.7 * i));
        }
        return manager.create(pixels, new Shape(batch, 3, height, width));
    }

    private static float mean(NDArray x) {
        return x.mean().getFloat();
    }

    private static double deviation(NDArray x) {
        return Math.sqrt(x.sub(x.mean()).square().mean().getFloat());
    }

    private static RandomGenerator random(long seed) {
        return RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
    }
}
