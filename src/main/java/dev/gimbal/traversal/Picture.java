package dev.gimbal.traversal;

import dev.gimbal.dataset.ImageWriter;
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
            case IMAGE -> new Raster(ImageWriter.image(value, modality));
            case VECTOR -> new Label(numbers(value));
        };
    }

    private static String numbers(float[] value) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < Math.min(3, value.length); i++) {
            text.append(String.format(Locale.ROOT, i == 0 ? "%.2f" : ", %.2f", value[i]));
        }
        return value.length > 3 ? text + ", ..." : text.toString();
    }
}
