package dev.gimbal.dataset;

import java.awt.image.BufferedImage;
import java.awt.image.IndexColorModel;
import java.awt.image.Raster;

/// Reads a picture row by row as numbers in `[0, 1]`, channels one after the other.
///
/// Grey pictures are read from their samples, since the library's own conversion to RGB brightens
/// them; colour becomes grey by Rec. 601 (`0.299 R + 0.587 G + 0.114 B`).
interface PixelRows {

    /// Fills `[channels][width]` with row `y`.
    void read(int y, float[] row);

    static PixelRows of(BufferedImage image, int channels) {
        boolean grey =
                image.getRaster().getNumBands() <= 2
                        && !(image.getColorModel() instanceof IndexColorModel);
        return grey ? grey(image, channels) : colour(image, channels);
    }

    private static PixelRows grey(BufferedImage image, int channels) {
        Raster raster = image.getRaster();
        int width = image.getWidth();
        int bands = raster.getNumBands();
        float unit = (1L << raster.getSampleModel().getSampleSize(0)) - 1;
        float alphaUnit = (1L << raster.getSampleModel().getSampleSize(bands - 1)) - 1;
        int[] samples = new int[width * bands];
        return (y, row) -> {
            raster.getPixels(0, y, width, 1, samples);
            for (int x = 0; x < width; x++) {
                float value = samples[x * bands] / unit;
                float alpha = bands == 1 ? 1 : samples[x * bands + 1] / alphaUnit;
                for (int c = 0; c < channels; c++) {
                    row[c * width + x] = value * alpha;
                }
            }
        };
    }

    private static PixelRows colour(BufferedImage image, int channels) {
        int width = image.getWidth();
        int[] samples = new int[width];
        return (y, row) -> {
            image.getRGB(0, y, width, 1, samples, 0, width);
            for (int x = 0; x < width; x++) {
                float alpha = (samples[x] >>> 24) / 255f;
                float red = (samples[x] >>> 16 & 0xff) / 255f * alpha;
                float green = (samples[x] >>> 8 & 0xff) / 255f * alpha;
                float blue = (samples[x] & 0xff) / 255f * alpha;
                if (channels == 1) {
                    row[x] = red == green && green == blue ? red : luma(red, green, blue);
                } else {
                    row[x] = red;
                    row[width + x] = green;
                    row[2 * width + x] = blue;
                }
            }
        };
    }

    private static float luma(float red, float green, float blue) {
        return .299f * red + .587f * green + .114f * blue;
    }
}
