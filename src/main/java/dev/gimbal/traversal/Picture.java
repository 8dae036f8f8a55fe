package dev.gimbal.traversal;

import dev.gimbal.dataset.ImageWriter;
import dev.gimbal.dataset.Modality;
import dev.gimbal.dataset.Value;
import java.awt.image.BufferedImage;
import java.util.Locale;

/// What stands in one cell of a contact sheet.
public sealed interface Picture {

    /// An image, drawn to fit its cell.
    record Raster(BufferedImage image) implements Picture {}

    /// Words for what cannot be seen.
    record Label(String text) implements Picture {}

    /// A value as it can be shown: pixels of an image, the first numbers of a vector, the first
    /// line of a text.
    static Picture of(Modality modality, Value value) {
        return switch (value) {
            case Value.Text(String text) ->
                    new Label(text.lines().filter(l -> !l.isBlank()).findFirst().orElse(""));
            case Value.Numbers(float[] numbers) ->
                    modality.kind() == Modality.Kind.IMAGE
                            ? new Raster(ImageWriter.image(numbers, modality))
                            : new Label(numbers(numbers));
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
