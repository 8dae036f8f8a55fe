package dev.gimbal.dataset.digits;

import java.util.ArrayList;
import java.util.List;

/// The strokes of the ten digits in a box of width and height 1, `y` downwards: a list of lines
/// `[x, y, x, y, ...]` for each.
final class Glyph {
    private static final double STEP = 24;
    private static final List<List<double[]>> DIGITS =
            List.of(
                    List.of(arc(.5, .5, .34, .46, 0, 360)),
                    List.of(line(.3, .22, .55, .04, .55, .96)),
                    List.of(arc(.5, .28, .32, .24, -170, 24), line(.79, .37, .18, .95, .86, .95)),
                    List.of(arc(.45, .27, .3, .23, -150, 90), arc(.45, .73, .34, .23, -90, 150)),
                    List.of(line(.66, .96, .66, .04, .14, .66, .9, .66)),
                    List.of(line(.8, .05, .28, .05, .24, .47), arc(.48, .67, .34, .28, -135, 150)),
                    List.of(arc(.82, .66, .62, .62, -180, -105), arc(.5, .7, .3, .26, 0, 360)),
                    List.of(line(.14, .05, .86, .05, .4, .96)),
                    List.of(arc(.5, .27, .27, .23, 0, 360), arc(.5, .73, .33, .23, 0, 360)),
                    List.of(arc(.5, .3, .3, .26, 0, 360), arc(.18, .34, .62, .62, 0, 75)));

    private Glyph() {}

    /// The strokes of a digit from 0 to 9.
    static List<double[]> of(int digit) {
        return DIGITS.get(digit);
    }

    private static double[] line(double... points) {
        return points;
    }

    /// Part of an ellipse, angles in degrees, clockwise from the right.
    private static double[] arc(
            double x, double y, double halfWidth, double halfHeight, double from, double to) {
        List<Double> points = new ArrayList<>();
        int pieces = (int) Math.ceil((to - from) / STEP);
        for (int i = 0; i <= pieces; i++) {
            double angle = Math.toRadians(from + (to - from) * i / pieces);
            points.add(x + halfWidth * StrictMath.cos(angle));
            points.add(y + halfHeight * StrictMath.sin(angle));
        }
        return points.stream().mapToDouble(Double::doubleValue).toArray();
    }
}
