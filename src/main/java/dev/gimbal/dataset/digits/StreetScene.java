package dev.gimbal.dataset.digits;

import java.util.random.RandomGenerator;

/// How a street picture looks, whatever its digit.
///
/// @param angle by which the writing leans, in radians
/// @param scale street pixels for a pixel of the grey picture
/// @param right shift, in street pixels
/// @param down shift, in street pixels
/// @param spacing from one digit to the next, in grey pixels
/// @param background red, green, blue in `[0, 1]`
/// @param foreground red, green, blue, of another lightness
/// @param lightAcross change of light from the left side to the right one
/// @param lightDown change of light from top to bottom
/// @param blurs passes of the filter 1-2-1 over the writing
/// @param noise deviation of each pixel
record StreetScene(
        double angle,
        double scale,
        double right,
        double down,
        double spacing,
        float[] background,
        float[] foreground,
        double lightAcross,
        double lightDown,
        int blurs,
        double noise) {
    private static final double LEAST_CONTRAST = .3;
    private static final double TINT = .12;

    static StreetScene random(RandomGenerator random) {
        double back = random.nextDouble(.08, .92);
        double fore = fore(back, random);
        return new StreetScene(
                Math.toRadians(random.nextDouble(-9, 9)),
                random.nextDouble(1.15, 1.45),
                random.nextDouble(-1.5, 1.5),
                random.nextDouble(-1.5, 1.5),
                random.nextDouble(18, 23),
                tinted(back, random),
                tinted(fore, random),
                random.nextDouble(-.12, .12),
                random.nextDouble(-.12, .12),
                random.nextInt(3),
                random.nextDouble(.005, .04));
    }

    /// A lightness uniform over all that differ enough from the background's.
    private static double fore(double back, RandomGenerator random) {
        double darker = Math.max(0, back - LEAST_CONTRAST);
        double lighter = Math.max(0, 1 - back - LEAST_CONTRAST);
        double place = random.nextDouble(darker + lighter);
        return place < darker ? place : back + LEAST_CONTRAST + place - darker;
    }

    private static float[] tinted(double lightness, RandomGenerator random) {
        float[] colour = new float[3];
        for (int c = 0; c < colour.length; c++) {
            colour[c] = (float) Math.clamp(lightness + random.nextDouble(-TINT, TINT), 0, 1);
        }
        return colour;
    }
}
