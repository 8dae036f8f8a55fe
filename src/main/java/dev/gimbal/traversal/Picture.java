package dev.gimbal.traversal;

import dev.gimbal.dataset.Modality;
import java.awt.image.BufferedImage;
import java.util.Locale;

/// What stands in one cell of a contact sheet.
public sealed interface Picture {

    /// An image, drawn to fit its cell.
    record Raster(BufferedImage image) implements Picture {}

    /// Words for what cannot be seen.
    record Label(String text) implements Picture {}

    /// A value as the model sees it: pixels of an image, the first numbers of a vector.
    ///
    /// @param value row-major, pixels in `[0, 1]`, channels first
    static Picture of(Modality modality, float[] value) {
        return switch (modality.kind()) {
            case IMAGE -> new Raster(image(modality, value));
            case VECTOR -> new Label(numbers(value));
        };
    }

    private static BufferedImage image(Modality modality, float[] value) {
        int channels = modality.shape().get(0);
        int height = modality.shape().get(1);
        int width = modality.shape().get(2);
        BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
        int plane = height * width;
        for (int y = 0; y < height; y++) {
            for (int x = 0; x < width; x++) {
                int rgb = 0;
                for (int c = 0; c < 3; c++) {
                    float v = value[Math.min(c, channels - 1) * plane + y * width + x];
                    rgb = rgb << 8 | Math.round(255 * Math.clamp(v, 0f, 1f));
                }
                image.setRGB(x, y, rgb);
            }
        }
        return image;
    }

    private static String numbers(float[] value) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < Math.min(3, value.length); i++) {
            text.append(String.format(Locale.ROOT, i == 0 ? "%.2f" : ", %.2f", value[i]));
        }
        return value.length > 3 ? text + ", ..." : text.toString();
    }
}
