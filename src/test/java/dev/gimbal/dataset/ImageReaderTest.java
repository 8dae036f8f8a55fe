package dev.gimbal.dataset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.zip.CRC32;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;

class ImageReaderTest {
    private static final Modality GREY = Modality.image("x", 1, 2, 2);
    private static final Modality COLOUR = Modality.image("x", 3, 1, 2);
    private static final Modality SPRITE = Modality.image("square", 1, 64, 64);

    private static byte[] encode(BufferedImage image, String format) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        assertThat(ImageIO.write(image, format, out)).isTrue();
        return out.toByteArray();
    }

    private static BufferedImage filled(int type, int width, int height, Color color) {
        BufferedImage image = new BufferedImage(width, height, type);
        Graphics2D graphics = image.createGraphics();
        graphics.setColor(color);
        graphics.fillRect(0, 0, width, height);
        graphics.dispose();
        return image;
    }

    @Test
    void aPictureOfTheRightSizeComesBackExactly() {
        float[] square = new Sprites(1).example(Split.TEST, 0).values().get("square").numbers();
        assertThat(ImageReader.read(ImageWriter.png(square, SPRITE), SPRITE)).isEqualTo(square);
        float[] levels = {0, 51 / 255f, 128 / 255f, 1};
        assertThat(ImageReader.read(ImageWriter.png(levels, GREY), GREY)).isEqualTo(levels);
        float[] colours = {1, 0, .2f, .4f, .6f, .8f};
        assertThat(ImageReader.read(ImageWriter.png(colours, COLOUR), COLOUR))
                .containsExactly(colours, within(1e-6f));
    }

    @Test
    void shrinkingTakesTheMeanOfEachArea() throws IOException {
        BufferedImage image = new BufferedImage(4, 6, BufferedImage.TYPE_BYTE_GRAY);
        image.getRaster().setSample(0, 0, 0, 255);
        image.getRaster().setSample(3, 5, 0, 255);
        image.getRaster().setSample(2, 4, 0, 255);
        assertThat(ImageReader.read(encode(image, "png"), GREY))
                .containsExactly(new float[] {1 / 6f, 0, 0, 2 / 6f}, within(1e-6f));
    }

    @Test
    void unevenSizesSharePixelsByAreaAndKeepTheMean() throws IOException {
        BufferedImage image = new BufferedImage(3, 3, BufferedImage.TYPE_BYTE_GRAY);
        image.getRaster().setSample(1, 1, 0, 255);
        assertThat(ImageReader.read(encode(image, "png"), GREY))
                .containsExactly(new float[] {1 / 9f, 1 / 9f, 1 / 9f, 1 / 9f}, within(1e-6f));
        image = filled(BufferedImage.TYPE_BYTE_GRAY, 1, 1, Color.WHITE);
        assertThat(ImageReader.read(encode(image, "png"), SPRITE)).containsOnly(1f);
    }

    @Test
    void colourBecomesGreyByLumaAndTransparencyLiesOnBlack() throws IOException {
        BufferedImage red = filled(BufferedImage.TYPE_INT_RGB, 2, 2, Color.RED);
        assertThat(ImageReader.read(encode(red, "png"), GREY))
                .containsOnly(new float[] {.299f}, within(1e-6f));
        BufferedImage half =
                filled(BufferedImage.TYPE_INT_ARGB, 2, 2, new Color(255, 255, 255, 51));
        assertThat(ImageReader.read(encode(half, "png"), GREY))
                .containsOnly(new float[] {.2f}, within(1e-6f));
        BufferedImage bits = filled(BufferedImage.TYPE_BYTE_BINARY, 2, 2, Color.WHITE);
        assertThat(ImageReader.read(encode(bits, "png"), GREY)).containsOnly(1f);
        BufferedImage deep = new BufferedImage(2, 2, BufferedImage.TYPE_USHORT_GRAY);
        deep.getRaster().setPixels(0, 0, 2, 2, new int[] {65535, 65535, 65535, 65535});
        assertThat(ImageReader.read(encode(deep, "png"), GREY)).containsOnly(1f);
    }

    @Test
    void jpegIsReadToo() throws IOException {
        BufferedImage grey = filled(BufferedImage.TYPE_BYTE_GRAY, 20, 20, new Color(255, 255, 255));
        assertThat(ImageReader.read(encode(grey, "jpg"), GREY))
                .containsOnly(new float[] {1f}, within(.01f));
        BufferedImage blue = filled(BufferedImage.TYPE_INT_RGB, 20, 20, Color.BLUE);
        assertThat(ImageReader.read(encode(blue, "jpg"), GREY))
                .containsOnly(new float[] {.114f}, within(.01f));
    }

    @Test
    void hugePicturesAreRefusedByTheirHeader() {
        ByteBuffer header = ByteBuffer.allocate(33);
        header.put(new byte[] {(byte) 0x89, 'P', 'N', 'G', 13, 10, 26, 10});
        header.putInt(13).put("IHDR".getBytes(StandardCharsets.US_ASCII));
        header.putInt(30_000).putInt(30_000).put(new byte[] {8, 0, 0, 0, 0});
        CRC32 crc = new CRC32();
        crc.update(header.array(), 12, 17);
        header.putInt((int) crc.getValue());
        assertRefused(header.array(), "30000 x 30000", "25000000");
    }

    @Test
    void whatIsNoPictureIsRefused() throws IOException {
        assertRefused(new byte[0], "0 bytes", "empty");
        assertRefused("<svg/>".getBytes(StandardCharsets.US_ASCII), "6 bytes", "PNG or JPEG");
        assertRefused(
                encode(filled(BufferedImage.TYPE_INT_RGB, 2, 2, Color.RED), "gif"), "gif", "PNG");
    }

    @Test
    void everyCutOfAPictureIsRefused() throws IOException {
        BufferedImage image = new BufferedImage(40, 40, BufferedImage.TYPE_INT_RGB);
        for (int i = 0; i < 1600; i++) {
            image.setRGB(i % 40, i / 40, i * 7919 * 31);
        }
        byte[] png = encode(image, "png");
        // the last 12 bytes only say that the picture has ended
        for (int length = 0; length < png.length - 20; length += 13) {
            assertRefused(Arrays.copyOf(png, length), "image");
        }
        byte[] jpeg = encode(image, "jpg");
        for (int length = 0; length < jpeg.length - 20; length += 13) {
            assertRefused(Arrays.copyOf(jpeg, length), "image");
        }
    }

    @Test
    void damagedBytesNeverCauseAnotherException() throws IOException {
        byte[] png = ImageWriter.png(new float[64 * 64], SPRITE);
        byte[] jpeg = encode(filled(BufferedImage.TYPE_INT_RGB, 20, 20, Color.BLUE), "jpg");
        for (byte[] whole : new byte[][] {png, jpeg}) {
            for (int i = 0; i < whole.length; i++) {
                byte[] damaged = whole.clone();
                damaged[i] ^= (byte) 0xff;
                try {
                    assertThat(ImageReader.read(damaged, SPRITE)).hasSize(64 * 64);
                } catch (BadInputException expected) {
                    assertThat(expected.field()).isEqualTo("image");
                }
            }
        }
    }

    private static void assertRefused(byte[] bytes, String... parts) {
        assertThatThrownBy(() -> ImageReader.read(bytes, GREY))
                .isInstanceOf(BadInputException.class)
                .hasMessageContainingAll(parts);
    }
}
