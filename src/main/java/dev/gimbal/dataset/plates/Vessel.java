package dev.gimbal.dataset.plates;

import java.awt.geom.Path2D;
import java.awt.geom.Point2D;

/// A see-through container from the side: from a flat plate to a tall glass, all of one area, so
/// that its content shows equally well in each. Lengths are in 64ths of the picture.
///
/// @param width at the rim
/// @param height from base to rim
/// @param foot width of the base as a share of the rim's
record Vessel(double width, double height, double foot) {
    private static final double AREA = 1_150;
    private static final double WIDEST = 55;
    private static final double NARROWEST = 28;
    private static final double MIDDLE_X = 32;
    private static final double MIDDLE_Y = 35;

    /// The container of a longishness in `[0, 1]`.
    static Vessel of(double longishness) {
        double width = WIDEST * Math.pow(NARROWEST / WIDEST, longishness);
        double foot = .58 + .3 * longishness;
        return new Vessel(width, AREA / (width * (1 + foot) / 2), foot);
    }

    double top() {
        return MIDDLE_Y - height / 2;
    }

    double bottom() {
        return MIDDLE_Y + height / 2;
    }

    /// Half the inner width at a height, 0 at the rim and 1 at the base.
    double reach(double v) {
        return width / 2 * (1 - v * (1 - foot));
    }

    /// The point of the content at `(u, v)`, both from 0 to 1, rightwards and downwards.
    Point2D at(double u, double v) {
        return new Point2D.Double(MIDDLE_X + (2 * u - 1) * reach(v), top() + v * height);
    }

    /// The content between two heights, 0 at the rim and 1 at the base.
    Path2D slice(double from, double to) {
        Path2D path = new Path2D.Double();
        move(path, at(0, from), true);
        move(path, at(1, from), false);
        move(path, at(1, to), false);
        move(path, at(0, to), false);
        path.closePath();
        return path;
    }

    /// The wall: down one side, along the base and up the other.
    Path2D wall() {
        Path2D path = new Path2D.Double();
        move(path, at(0, -.06), true);
        move(path, at(0, 1), false);
        move(path, at(1, 1), false);
        move(path, at(1, -.06), false);
        return path;
    }

    private static void move(Path2D path, Point2D point, boolean first) {
        if (first) {
            path.moveTo(point.getX(), point.getY());
        } else {
            path.lineTo(point.getX(), point.getY());
        }
    }
}
