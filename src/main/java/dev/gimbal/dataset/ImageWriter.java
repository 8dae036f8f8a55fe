package dev.gimbal.dataset;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import javax.imageio.ImageIO;
import javax.imageio.stream.MemoryCacheImageOutputStream;

/// Turns a modality's value, or a picture, into a PNG.
public final class ImageWriter {
    private ImageWriter() {}

    /// An 8-bit PNG, grey for one channel and RGB for three; values outside `[0, 1]` are clamped.
    ///
    /// @param values `[channels, height, width]`
    /// @throws IllegalArgumentException when the modality is not such an image or the length
    ///   differs
    public static byte[] png(float[] values, Modality modality) {
        return png(image(values, modality));
    }

    /// A picture in memory as PNG.
    public static byte[] png(BufferedImage image) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (MemoryCacheImageOutputStream out = new MemoryCacheImageOutputStream(bytes)) {
            ImageIO.write(image, "png", out);
        } catch (IOException e) {
            throw new UncheckedIOException("writing to memory failed", e);
        }
        return bytes.toByteArray();
    }

    /// The same as a picture in memory, to be drawn into a larger one.
    public static BufferedImage image(float[] values, Modality modality) {
        int channels = modality.shape().getFirst();
        if (modality.kind() != Modality.Kind.IMAGE || (channels != 1 && channels != 3)) {
            throw new IllegalArgumentException("not an image of 1 or 3 channels: " + modality);
        }
        if (values.length != modality.size()) {
            throw new IllegalArgumentException(
                    "value has " + values.length + " entries, " + modality + " needs another size");
        }
        int height = modality.shape().get(1);
        int width = modality.shape().get(2);
        BufferedImage image =
                new BufferedImage(
                        width,
                        height,
                        channels == 1 ? BufferedImage.TYPE_BYTE_GRAY : BufferedImage.TYPE_INT_RGB);
        for (int i = 0; i < values.length; i++) {
            int x = i % width;
            int y = i / width % height;
            int level = Math.round(255 * Math.clamp(values[i], 0f, 1f));
            image.getRaster().setSample(x, y, i / (width * height), level);
        }
        return image;
    }
}
