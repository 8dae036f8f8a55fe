package dev.gimbal.dataset.digits;

import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/// Draws a digit as on a house: painted on a wall, its neighbours cut off at the sides, seen a
/// little askew, out of focus and with noise.
final class StreetPicture {
    static final int SIDE = 32;
    private static final int GREY = 28;
    private static final double MIDDLE = (SIDE - 1) / 2.0;
    private static final double GREY_MIDDLE = (GREY - 1) / 2.0;

    private final StreetScene scene;
    private final float[] ink = new float[SIDE * SIDE];

    private StreetPicture(StreetScene scene) {
        this.scene = scene;
    }

    /// The picture, `[3, 32, 32]` in `[0, 1]`.
    ///
    /// @param digit grey, `[28, 28]`, white on black
    /// @param left neighbour, of the same size, or none
    /// @param right neighbour, or none
    static float[] of(
            StreetScene scene,
            float[] digit,
            float @Nullable [] left,
            float @Nullable [] right,
            RandomGenerator random) {
        StreetPicture picture = new StreetPicture(scene);
        picture.write(digit, 0);
        if (left != null) {
            picture.write(left, -scene.spacing());
        }
        if (right != null) {
            picture.write(right, scene.spacing());
        }
        for (int pass = 0; pass < scene.blurs(); pass++) {
            picture.blur(1, SIDE);
            picture.blur(SIDE, 1);
        }
        return picture.painted(random);
    }

    /// Adds a grey picture's ink, where there is more of it than before.
    private void write(float[] grey, double offset) {
        double cos = Math.cos(scene.angle()) / scene.scale();
        double sin = Math.sin(scene.angle()) / scene.scale();
        for (int y = 0; y < SIDE; y++) {
            double v = y - MIDDLE - scene.down();
            for (int x = 0; x < SIDE; x++) {
                double u = x - MIDDLE - scene.right();
                // compared as they are used: a double just below the edge may round to it
                float column = (float) (cos * u + sin * v + GREY_MIDDLE - offset);
                float row = (float) (cos * v - sin * u + GREY_MIDDLE);
                if (column > 0 && column < GREY - 1 && row > 0 && row < GREY - 1) {
                    int at = y * SIDE + x;
                    ink[at] = Math.max(ink[at], between(grey, column, row));
                }
            }
        }
    }

    private static float between(float[] grey, float column, float row) {
        int x = (int) column;
        int y = (int) row;
        float right = column - x;
        int at = y * GREY + x;
        float upper = grey[at] + right * (grey[at + 1] - grey[at]);
        float lower = grey[at + GREY] + right * (grey[at + GREY + 1] - grey[at + GREY]);
        return upper + (row - y) * (lower - upper);
    }

    /// The filter 1-2-1 along one axis; the picture goes on beyond its edge as it ends there.
    private void blur(int step, int line) {
        for (int start = 0; start < SIDE; start++) {
            int first = start * line;
            float before = ink[first];
            for (int i = 0; i < SIDE; i++) {
                int at = first + i * step;
                float here = ink[at];
                float after = i == SIDE - 1 ? here : ink[at + step];
                ink[at] = (before + 2 * here + after) / 4;
                before = here;
            }
        }
    }

    private float[] painted(RandomGenerator random) {
        float[] pixels = new float[3 * ink.length];
        for (int c = 0; c < 3; c++) {
            float wall = scene.background()[c];
            float change = scene.foreground()[c] - wall;
            for (int i = 0; i < ink.length; i++) {
                double light =
                        scene.lightAcross() * (i % SIDE / (SIDE - 1.0) - .5)
                                + scene.lightDown() * (i / SIDE / (SIDE - 1.0) - .5);
                double noise = scene.noise() * random.nextGaussian();
                pixels[c * ink.length + i] =
                        (float) Math.clamp(wall + change * ink[i] + light + noise, 0, 1);
            }
        }
        return pixels;
    }
}
