package dev.gimbal.dataset.digits;

import dev.gimbal.dataset.ContentHash;
import dev.gimbal.dataset.Modality;
import dev.gimbal.dataset.Split;
import java.util.random.RandomGenerator;

/// Digits written by a generator, in the shape of [Mnist]: needs no files, any number, as many of
/// each digit. A picture is drawn when asked for, never kept.
final class DrawnDigits implements DigitModality {
    static final Modality MODALITY = Modality.image("written", 1, 28, 28);

    private static final int SIDE = 28;
    private static final double MIDDLE = (SIDE - 1) / 2.0;

    private final DigitCounts counts;
    private final Draws draws;

    DrawnDigits(DigitCounts counts, long seed) {
        this.counts = counts;
        draws = new Draws(seed, "written");
    }

    @Override
    public Modality modality() {
        return MODALITY;
    }

    @Override
    public int size(Split split) {
        return counts.of(split);
    }

    @Override
    public int digit(Split split, int index) {
        return index % 10;
    }

    @Override
    public float[] values(Split split, int index) {
        Hand hand = Hand.random(draws.at(split, index));
        float[] pixels = new float[SIDE * SIDE];
        for (double[] stroke : Glyph.of(digit(split, index))) {
            double[] line = hand.move(stroke);
            for (int i = 0; i + 3 < line.length; i += 2) {
                draw(line, i, hand.thickness, pixels);
            }
        }
        return pixels;
    }

    /// Adds a segment with round ends; its edge is one pixel wide.
    private static void draw(double[] line, int at, double thickness, float[] pixels) {
        double x = line[at];
        double y = line[at + 1];
        double dx = line[at + 2] - x;
        double dy = line[at + 3] - y;
        double length = Math.max(1e-9, dx * dx + dy * dy);
        double reach = thickness + .5;
        for (int row = first(y, y + dy, reach); row <= last(y, y + dy, reach); row++) {
            for (int column = first(x, x + dx, reach); column <= last(x, x + dx, reach); column++) {
                double along = Math.clamp(((column - x) * dx + (row - y) * dy) / length, 0, 1);
                double away = Math.hypot(column - x - along * dx, row - y - along * dy);
                float ink = (float) Math.clamp(reach - away, 0, 1);
                int pixel = row * SIDE + column;
                pixels[pixel] = Math.max(pixels[pixel], ink);
            }
        }
    }

    private static int first(double a, double b, double reach) {
        return Math.max(0, (int) Math.ceil(Math.min(a, b) - reach));
    }

    private static int last(double a, double b, double reach) {
        return Math.min(SIDE - 1, (int) Math.floor(Math.max(a, b) + reach));
    }

    /// How somebody writes: places of a stroke in the unit box, to places in the picture.
    ///
    /// @param width of the writing, in pixels
    /// @param height of it
    /// @param slant shift to the right, for each pixel upwards
    /// @param angle of the line that it stands on, in radians
    /// @param wave greatest shift of a place by the hand's unsteadiness, in the unit box
    /// @param phase where the wave begins
    /// @param thickness half the pen's, in pixels
    private record Hand(
            double width,
            double height,
            double slant,
            double angle,
            double wave,
            double phase,
            double thickness) {

        static Hand random(RandomGenerator random) {
            return new Hand(
                    random.nextDouble(11, 16),
                    random.nextDouble(17, 20.5),
                    random.nextDouble(-.1, .35),
                    Math.toRadians(random.nextDouble(-8, 8)),
                    random.nextDouble(0, .045),
                    random.nextDouble(2 * Math.PI),
                    random.nextDouble(.6, 1.7));
        }

        double[] move(double[] stroke) {
            double cos = StrictMath.cos(angle);
            double sin = StrictMath.sin(angle);
            double[] moved = new double[stroke.length];
            for (int i = 0; i < stroke.length; i += 2) {
                double x = stroke[i] + wave * StrictMath.sin(phase + 6 * stroke[i + 1]) - .5;
                double y = stroke[i + 1] + wave * StrictMath.sin(1 + phase + 5 * stroke[i]) - .5;
                double v = y * height;
                double u = x * width - slant * v;
                moved[i] = MIDDLE + cos * u - sin * v;
                moved[i + 1] = MIDDLE + sin * u + cos * v;
            }
            return moved;
        }
    }

    @Override
    public String fingerprint() {
        return ContentHash.of("written/1 seed=%d %s".formatted(draws.seed(), counts));
    }
}
