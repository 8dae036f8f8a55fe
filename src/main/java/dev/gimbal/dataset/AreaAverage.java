package dev.gimbal.dataset;

import java.awt.image.BufferedImage;
import java.util.Arrays;
import java.util.List;

/// Brings a picture to a size: each new pixel is the mean of the area it covers in the old one.
final class AreaAverage {
    private AreaAverage() {}

    /// @param shape `[channels, height, width]` of the result
    static float[] resize(BufferedImage image, List<Integer> shape) {
        int channels = shape.get(0);
        int height = shape.get(1);
        int width = shape.get(2);
        PixelRows rows = PixelRows.of(image, channels);
        double[] sums = new double[channels * height * width];
        float[] source = new float[channels * image.getWidth()];
        double[] narrow = new double[channels * width];
        double scale = (double) height / image.getHeight();
        for (int y = 0; y < image.getHeight(); y++) {
            rows.read(y, source);
            for (int c = 0; c < channels; c++) {
                shrink(source, c * image.getWidth(), image.getWidth(), narrow, c * width, width);
            }
            for (int to = (int) (y * scale); to < height && to < (y + 1) * scale; to++) {
                double share = Math.min(to + 1, (y + 1) * scale) - Math.max(to, y * scale);
                addRow(narrow, share, sums, to, width, height);
            }
        }
        float[] values = new float[sums.length];
        for (int i = 0; i < sums.length; i++) {
            values[i] = (float) Math.clamp(sums[i], 0, 1);
        }
        return values;
    }

    private static void shrink(float[] in, int from, int length, double[] out, int at, int width) {
        double scale = (double) width / length;
        Arrays.fill(out, at, at + width, 0);
        for (int x = 0; x < length; x++) {
            for (int to = (int) (x * scale); to < width && to < (x + 1) * scale; to++) {
                double share = Math.min(to + 1, (x + 1) * scale) - Math.max(to, x * scale);
                out[at + to] += share * in[from + x];
            }
        }
    }

    private static void addRow(
            double[] row, double share, double[] sums, int y, int width, int height) {
        for (int i = 0; i < row.length; i++) {
            sums[(i / width * height + y) * width + i % width] += share * row[i];
        }
    }
}
