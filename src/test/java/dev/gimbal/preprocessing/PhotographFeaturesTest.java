package dev.gimbal.preprocessing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.gimbal.dataset.Value;
import java.util.Random;
import org.junit.jupiter.api.Test;

class PhotographFeaturesTest {
    private static final int SIDE = 32;

    /// Three pyramids of one colour histogram, three of patterns and three of strengths, each layer
    /// of length 1, and two scales of two grids of orientations.
    private static final int LAYERS = 3 + 3 * 3 + 3 * 3 + 2 * 2;

    private final PhotographFeatures features = new PhotographFeatures(SIDE, 4);

    private static float[] noise(long seed) {
        Random random = new Random(seed);
        float[] pixels = new float[3 * SIDE * SIDE];
        for (int i = 0; i < pixels.length; i++) {
            pixels[i] = random.nextFloat();
        }
        return pixels;
    }

    private static LabPicture plain(float red, float green, float blue) {
        float[] pixels = new float[3 * 4];
        for (int i = 0; i < 4; i++) {
            pixels[i] = red;
            pixels[4 + i] = green;
            pixels[8 + i] = blue;
        }
        return LabPicture.of(pixels, 2);
    }

    @Test
    void sidesThatCannotBeHalvedThreeTimesAreRefusedByName() {
        assertThatThrownBy(() -> new PhotographFeatures(100, 4))
                .hasMessage(
                        "side (100): must be a multiple of 8, 32 or more, for photograph-features");
        assertThatThrownBy(() -> new PhotographFeatures(32, 0))
                .hasMessage("components (0): must be positive");
    }

    @Test
    void knownColoursHaveTheirKnownLab() {
        LabPicture white = plain(1, 1, 1);
        assertThat(white.lightness()[0]).isCloseTo(100, within(1e-2f));
        assertThat(white.red()[0]).isCloseTo(0, within(2e-2f));

        LabPicture red = plain(1, 0, 0);
        assertThat(red.lightness()[3]).isCloseTo(53.24f, within(2e-2f));
        assertThat(red.red()[3]).isCloseTo(80.09f, within(2e-2f));
        assertThat(red.yellow()[3]).isCloseTo(67.20f, within(2e-2f));
    }

    @Test
    void aPlainPictureVotesForAtMostEightNeighbouringColours() {
        float[] histogram = Votes.colours(plain(.8f, .3f, .2f)).histogram(Cells.grid(2, 1));
        double shares = 0;
        int voted = 0;
        for (float root : histogram) {
            shares += root * root;
            voted += root > 0 ? 1 : 0;
        }
        assertThat(shares).isCloseTo(1, within(1e-6));
        assertThat(voted).isBetween(1, 8);
    }

    @Test
    void aPlainPictureHasOnePatternAndNoStrength() {
        Channel plain = new Channel(8, new float[64]);

        // all neighbours are as light: the code of eight ones, the last of the uniform ones
        assertThat(Votes.patterns(plain).histogram(Cells.grid(6, 1))[57]).isEqualTo(1);
        assertThat(Votes.strengths(plain).histogram(Cells.grid(8, 1))[0]).isEqualTo(1);
        assertThat(Votes.orientations(plain).histogram(Cells.grid(8, 1))).containsOnly(0f);
    }

    @Test
    void verticalEdgesVoteForTheHorizontalGradient() {
        float[] stripes = new float[64];
        for (int i = 0; i < 64; i++) {
            stripes[i] = i % 8 / 2 % 2;
        }
        float[] upright = Votes.orientations(new Channel(8, stripes)).histogram(Cells.grid(8, 1));
        assertThat(upright[0]).isCloseTo(1, within(1e-6f));

        float[] lying = new float[64];
        for (int i = 0; i < 64; i++) {
            lying[i] = i / 8 / 2 % 2;
        }
        float[] flat = Votes.orientations(new Channel(8, lying)).histogram(Cells.grid(8, 1));
        // 90 degrees lie on the border of the fifth and sixth of nine bins
        assertThat(flat[4]).isCloseTo((float) Math.sqrt(.5), within(1e-4f));
        assertThat(flat[5]).isCloseTo((float) Math.sqrt(.5), within(1e-4f));
    }

    @Test
    void cellsShareThePixels() {
        Cells quarters = Cells.grid(4, 2);
        assertThat(quarters.of()).containsExactly(0, 0, 1, 1, 0, 0, 1, 1, 2, 2, 3, 3, 2, 2, 3, 3);

        Cells rings = Cells.rings(32, 3);
        assertThat(rings.of()[16 * 32 + 16]).isZero();
        assertThat(rings.of()[0]).isEqualTo(2);
        assertThat(rings.of()).contains(1);
    }

    @Test
    void aMirroredPictureHasTheSameFeatures() {
        float[] pixels = noise(1);
        float[] mirrored = new float[pixels.length];
        for (int i = 0; i < pixels.length; i++) {
            mirrored[i] = pixels[i / SIDE * SIDE + SIDE - 1 - i % SIDE];
        }
        float[] here = features.read(Value.of(pixels));
        float[] there = features.read(Value.of(mirrored));

        for (int i = 0; i < here.length; i++) {
            assertThat(there[i]).isCloseTo(here[i], within(1e-6f));
        }
    }

    @Test
    void eachLayerOfASymmetricPictureHasLengthOne() {
        float[] pixels = noise(2);
        for (int i = 0; i < pixels.length; i++) {
            pixels[i] = pixels[i / SIDE * SIDE + Math.min(i % SIDE, SIDE - 1 - i % SIDE)];
        }
        double squares = 0;
        for (float feature : features.read(Value.of(pixels))) {
            squares += feature * feature;
        }
        assertThat(squares).isCloseTo(LAYERS, within(0.2));
    }

    @Test
    void anotherSizeIsRefused() {
        assertThatThrownBy(() -> features.read(Value.of(new float[3])))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("3 x 32 x 32");
    }
}
