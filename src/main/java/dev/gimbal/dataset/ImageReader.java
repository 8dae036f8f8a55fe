package dev.gimbal.dataset;

import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import javax.imageio.ImageIO;

/// Placeholder until the real one is merged.
public final class ImageReader {
    private ImageReader() {}

    public static float[] read(byte[] bytes, Modality modality) {
        try {
            BufferedImage image = ImageIO.read(new ByteArrayInputStream(bytes));
            if (image == null) {
                throw new BadInputException("image", bytes.length + " bytes", "not an image");
            }
            int h = modality.shape().get(1);
            int w = modality.shape().get(2);
            if (image.getWidth() != w || image.getHeight() != h) {
                throw new BadInputException(
                        "image", image.getWidth() + "x" + image.getHeight(), "wrong size");
            }
            float[] value = new float[h * w];
            for (int i = 0; i < value.length; i++) {
                value[i] = (image.getRGB(i % w, i / w) & 255) / 255f;
            }
            return value;
        } catch (IOException e) {
            throw new BadInputException("image", bytes.length + " bytes", "not an image");
        }
    }
}
