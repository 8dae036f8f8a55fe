package dev.gimbal.dataset.digits;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

class StreetPictureTest {
    private static final float[] INK = new float[28 * 28];

    static {
        Arrays.fill(INK, 1);
    }

    /// White on black, upright, of the grey picture's scale, without light, blur or noise.
    private static StreetScene plain(double down, int blurs) {
        float[] black = {0, 0, 0};
        float[] white = {1, 1, 1};
        return new StreetScene(0, 1, 0, down, 30, black, white, 0, 0, blurs, 0);
    }

    private static float[] draw(StreetScene scene, float[] digit, float[] left) {
        return StreetPicture.of(scene, digit, left, null, new Random(1));
    }

    @Test
    void theDigitStandsInTheMiddle() {
        float[] picture = draw(plain(0, 0), INK, null);

        // 26 x 26 pixels lie within the grey picture's outermost centres
        for (int c = 0; c < 3; c++) {
            float sum = 0;
            for (int i = 0; i < 1024; i++) {
                sum += picture[c * 1024 + i];
            }
            assertThat(sum).isEqualTo(26 * 26);
        }
        assertThat(picture[16 * 32 + 16]).isEqualTo(1);
        assertThat(picture[0]).isZero();
    }

    @Test
    void neighboursAreCutOffAtTheSides() {
        float[] picture = draw(plain(0, 0), new float[28 * 28], INK);

        // 30 pixels to the left of the middle only the neighbour's right end is left
        assertThat(picture[16 * 32]).isZero();
        float[] near =
                draw(
                        new StreetScene(
                                0, 1, 0, 0, 18, new float[3], new float[] {1, 1, 1}, 0, 0, 0, 0),
                        new float[28 * 28],
                        INK);
        assertThat(near[16 * 32]).isEqualTo(1);
        assertThat(near[16 * 32 + 31]).isZero();
    }

    @Test
    void blurKeepsTheMiddleAndSoftensTheEdge() {
        float[] picture = draw(plain(0, 1), INK, null);

        assertThat(picture[16 * 32 + 16]).isEqualTo(1);
        assertThat(picture[16 * 32 + 3]).isCloseTo(.75f, within(1e-6f));
        assertThat(picture[16 * 32 + 2]).isCloseTo(.25f, within(1e-6f));
    }

    /// A row of 27 less a billionth is 27 as a float, and there is no row after it.
    @Test
    void placesThatRoundToTheEdgeLieOutside() {
        assertThat(draw(plain(1e-9, 0), INK, null)).hasSize(3 * 1024);
    }

    @Test
    void everySceneHasContrast() {
        Random random = new Random(1);
        for (int i = 0; i < 10_000; i++) {
            StreetScene scene = StreetScene.random(random);
            float difference = 0;
            for (int c = 0; c < 3; c++) {
                difference += scene.foreground()[c] - scene.background()[c];
            }
            // lightness differs by .3, less two tints of .12 at most
            assertThat(Math.abs(difference) / 3).isGreaterThan(.05f);
        }
    }
}
