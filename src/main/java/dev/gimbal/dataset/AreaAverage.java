package dev.gimbal.dataset;

import java.awt.image.BufferedImage;
import java.util.Arrays;
import java.util.List;

/// Brings a picture to a size: each new pixel is the mean of the area that it covers in the old
/// one.
///
/// Proportions are kept: the largest centred part of the new proportions is taken, down to
/// fractions of a pixel, and what lies outside of it is cut off.
final class AreaAverage {
    private AreaAverage() {}

    /// @param shape `[channels, height, width]` of the result
    static float[] resize(BufferedImage image, List<Integer> shape) {
        int channels = shape.get(0);
        int height = shape.get(1);
        int width = shape.get(2);
        double step =
                Math.min((double) image.getWidth() / width, (double) image.getHeight() / height);
        Axis across = Axis.centred(image.getWidth(), width, step);
        Axis down = Axis.centred(image.getHeight(), height, step);
        PixelRows rows = PixelRows.of(image, channels);
        double[] sums = new double[channels * height * width];
        float[] source = new float[channels * image.getWidth()];
        double[] narrow = new double[channels * width];
        for (int y = 0; y < image.getHeight(); y++) {
            if (down.first(y) >= down.end(y)) {
                continue;
            }
            rows.read(y, source);
            for (int c = 0; c < channels; c++) {
                shrink(source, c * image.getWidth(), across, narrow, c * width);
            }
            for (int to = down.first(y); to < down.end(y); to++) {
                addRow(narrow, down.share(y, to), sums, to, width, height);
            }
        }
        float[] values = new float[sums.length];
        for (int i = 0; i < sums.length; i++) {
            values[i] = (float) Math.clamp(sums[i], 0, 1);
        }
        return values;
    }

    private static void shrink(float[] in, int from, Axis axis, double[] out, int at) {
        Arrays.fill(out, at, at + axis.length, 0);
        for (int x = 0; x < axis.old; x++) {
            for (int to = axis.first(x); to < axis.end(x); to++) {
                out[at + to] += axis.share(x, to) * in[from + x];
            }
        }
    }

    private static void addRow(
            double[] row, double share, double[] sums, int y, int width, int height) {
        for (int i = 0; i < row.length; i++) {
            sums[(i / width * height + y) * width + i % width] += share * row[i];
        }
    }

    /// One direction, from old pixels to new ones.
    ///
    /// @param offset of the part that is taken, in old pixels
    /// @param step old pixels in a new one
    private record Axis(int old, int length, double offset, double step) {

        static Axis centred(int old, int length, double step) {
            return new Axis(old, length, (old - length * step) / 2, step);
        }

        private double start(int pixel) {
            return (pixel - offset) / step;
        }

        /// The first new pixel that an old one reaches.
        int first(int pixel) {
            return Math.max(0, (int) Math.floor(start(pixel)));
        }

        /// The one after the last.
        int end(int pixel) {
            return Math.min(length, (int) Math.ceil(start(pixel + 1)));
        }

        /// How much of a new pixel an old one fills.
        double share(int pixel, int to) {
            return Math.max(0, Math.min(to + 1, start(pixel + 1)) - Math.max(to, start(pixel)));
        }
    }
}
