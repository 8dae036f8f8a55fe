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
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.zip.CRC32;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ImageReaderTest {
    private static final Modality GREY = Modality.image("x", 1, 2, 2);
    private static final Modality COLOUR = Modality.image("x", 3, 1, 2);
    private static final Modality SPRITE = Modality.image("square", 1, 64, 64);

    // 8 x 4 pixels, the left half red and the right half blue; 2 x 2 pixels of white, a fifth
    // opaque
    private static final byte[] WEBP = webp("UklGRh4AAABXRUJQVlA4TBIAAAAvB8AAAA8Q87//8x8O+hDR/wA=");
    private static final byte[] LOSSY_WEBP =
            webp(
                    "UklGRmIAAABXRUJQVlA4IFYAAACwAwCdASoIAAQAAAAAJagCdLoB+AH6gfwClAfgBXf+4AAjA7lZgAD+"
                            + "//7BG//0KEYX/5WDkxern3Ic1zv5OQxf/8Ybf/2rJki7yJXPX40+ep7f+0IAAA==");
    private static final byte[] TURNED_WEBP =
            webp(
                    "UklGRlIAAABXRUJQVlA4WAoAAAAIAAAABwAAAwAAVlA4TBIAAAAvB8AAAA8Q87//8x8O+hDR/wBFWElG"
                            + "GgAAAE1NACoAAAAIAAEBEgADAAAAAQAGAAAAAAAA");
    private static final byte[] TRANSPARENT_WEBP =
            webp("UklGRh4AAABXRUJQVlA4TBEAAAAvAUAAEAfQ//73vzOBiOh/AAA=");

    private static byte[] webp(String base64) {
        return Base64.getDecoder().decode(base64);
    }

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
        BufferedImage image = new BufferedImage(6, 6, BufferedImage.TYPE_BYTE_GRAY);
        image.getRaster().setSample(0, 0, 0, 255);
        image.getRaster().setSample(3, 5, 0, 255);
        image.getRaster().setSample(4, 4, 0, 255);
        assertThat(ImageReader.read(encode(image, "png"), GREY))
                .containsExactly(new float[] {1 / 9f, 0, 0, 2 / 9f}, within(1e-6f));
    }

    @Test
    void otherProportionsLoseWhatLiesOutsideTheCentre() throws IOException {
        BufferedImage tall = new BufferedImage(4, 7, BufferedImage.TYPE_BYTE_GRAY);
        for (int y = 0; y < 7; y++) {
            tall.getRaster().setSamples(0, y, 4, 1, 0, new int[] {60, 60, 60, 60});
        }
        tall.getRaster().setSamples(0, 0, 4, 1, 0, new int[] {255, 255, 255, 255});
        tall.getRaster().setSamples(0, 1, 4, 1, 0, new int[] {120, 120, 120, 120});
        // rows 1.5 to 5.5 of 7: half of row 1, rows 2 to 4, half of row 5
        float top = (120 * .5f + 60 * 1.5f) / 2 / 255;
        float bottom = 60 / 255f;
        assertThat(ImageReader.read(encode(tall, "png"), GREY))
                .containsExactly(new float[] {top, top, bottom, bottom}, within(1e-6f));
        BufferedImage wide = new BufferedImage(12, 4, BufferedImage.TYPE_BYTE_GRAY);
        for (int x = 0; x < 4; x++) {
            wide.getRaster().setSamples(x, 0, 1, 4, 0, new int[] {255, 255, 255, 255});
            wide.getRaster().setSamples(8 + x, 0, 1, 4, 0, new int[] {255, 255, 255, 255});
        }
        assertThat(ImageReader.read(encode(wide, "png"), GREY)).containsOnly(0);
    }

    /// The scene is seen with red, green, blue and white quarters; the camera stored it turned or
    /// mirrored. The table gives the stored corners (top left, top right, bottom left, bottom
    /// right) for each value of EXIF 2.3's Orientation, "the 0th row is the visual ... and the 0th
    /// column is the visual ...".
    @ParameterizedTest
    @CsvSource({
        "1, RGBW", "2, GRWB", "3, WBGR", "4, BWRG", "5, RBGW", "6, GWRB", "7, WGBR", "8, BRWG"
    })
    void aPhotographIsSeenUprightWhateverTheCameraStored(int exif, String corners)
            throws IOException {
        boolean transposed = exif > 4;
        int width = transposed ? 32 : 64;
        int height = transposed ? 64 : 32;
        BufferedImage stored = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
        Graphics2D graphics = stored.createGraphics();
        for (int i = 0; i < 4; i++) {
            graphics.setColor(
                    switch (corners.charAt(i)) {
                        case 'R' -> Color.RED;
                        case 'G' -> Color.GREEN;
                        case 'B' -> Color.BLUE;
                        default -> Color.WHITE;
                    });
            graphics.fillRect(i % 2 * width / 2, i / 2 * height / 2, width / 2, height / 2);
        }
        graphics.dispose();
        byte[] photograph = withExif(encode(stored, "jpg"), exif);

        float[] seen = ImageReader.read(photograph, Modality.image("x", 3, 2, 4));

        float[] red = {1, 1, 0, 0, 0, 0, 1, 1};
        float[] green = {0, 0, 1, 1, 0, 0, 1, 1};
        float[] blue = {0, 0, 0, 0, 1, 1, 1, 1};
        assertThat(Arrays.copyOf(seen, 8)).containsExactly(red, within(.05f));
        assertThat(Arrays.copyOfRange(seen, 8, 16)).containsExactly(green, within(.05f));
        assertThat(Arrays.copyOfRange(seen, 16, 24)).containsExactly(blue, within(.05f));
    }

    /// A JPEG with an APP1 segment after its first two bytes: big-endian TIFF, one entry.
    private static byte[] withExif(byte[] jpeg, int orientation) {
        ByteBuffer segment = ByteBuffer.allocate(36);
        segment.putShort((short) 0xffe1).putShort((short) 34);
        segment.put("Exif\0\0".getBytes(StandardCharsets.US_ASCII));
        segment.put("MM".getBytes(StandardCharsets.US_ASCII)).putShort((short) 42).putInt(8);
        segment.putShort((short) 1);
        segment.putShort((short) 0x112).putShort((short) 3).putInt(1);
        segment.putShort((short) orientation).putShort((short) 0).putInt(0);
        return ByteBuffer.allocate(jpeg.length + 36)
                .put(jpeg, 0, 2)
                .put(segment.array())
                .put(jpeg, 2, jpeg.length - 2)
                .array();
    }

    @Test
    void webpIsReadToo() {
        float[] redThenBlue = {1, 0, 1, 0, 0, 0, 0, 0, 0, 1, 0, 1};
        Modality small = Modality.image("x", 3, 2, 2);
        assertThat(ImageReader.read(WEBP, small)).containsExactly(redThenBlue, within(1e-6f));
        assertThat(ImageReader.read(LOSSY_WEBP, small)).containsExactly(redThenBlue, within(.05f));
        assertThat(ImageReader.read(TRANSPARENT_WEBP, GREY))
                .containsOnly(new float[] {.2f}, within(1e-6f));
        // turned by a quarter, so that red lies above blue
        float[] redOverBlue = {1, 1, 0, 0, 0, 0, 0, 0, 0, 0, 1, 1};
        assertThat(ImageReader.read(TURNED_WEBP, small))
                .containsExactly(redOverBlue, within(1e-6f));
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
    void aColourProfileThatIsNoneIsPassedOverAndATruncatedPictureBehindItIsRefused()
            throws IOException {
        BufferedImage image = new BufferedImage(20, 20, BufferedImage.TYPE_INT_RGB);
        for (int i = 0; i < 400; i++) {
            image.setRGB(i % 20, i / 20, i * 7919 * 31);
        }
        byte[] jpeg = withProfile(encode(image, "jpg"));

        assertThat(ImageReader.read(jpeg, GREY)).hasSize(4);
        assertRefused(Arrays.copyOf(jpeg, jpeg.length - 40), "image", "damaged or truncated");
    }

    /// A JPEG with an APP2 segment behind its first one, of a profile that is none.
    private static byte[] withProfile(byte[] jpeg) {
        byte[] profile = "ICC_PROFILE\0\1\1no profile".getBytes(StandardCharsets.US_ASCII);
        int first = 4 + ByteBuffer.wrap(jpeg).getShort(4);
        ByteBuffer whole = ByteBuffer.allocate(jpeg.length + 4 + profile.length);
        whole.put(jpeg, 0, first);
        whole.putShort((short) 0xffe2).putShort((short) (profile.length + 2)).put(profile);
        return whole.put(jpeg, first, jpeg.length - first).array();
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
        ByteBuffer webp = ByteBuffer.allocate(30).order(ByteOrder.LITTLE_ENDIAN);
        webp.put("RIFF".getBytes(StandardCharsets.US_ASCII)).putInt(22);
        webp.put("WEBPVP8X".getBytes(StandardCharsets.US_ASCII)).putInt(10).putInt(0);
        webp.put(new byte[] {(byte) 0xff, 0x3f, 0, (byte) 0xff, 0x3f, 0});
        assertRefused(webp.array(), "16384 x 16384", "25000000");
    }

    @Test
    void whatIsNoPictureIsRefused() throws IOException {
        assertRefused(new byte[0], "0 bytes", "empty");
        assertRefused("<svg/>".getBytes(StandardCharsets.US_ASCII), "6 bytes", "PNG, JPEG or WebP");
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
        for (byte[] webp : new byte[][] {WEBP, LOSSY_WEBP, TRANSPARENT_WEBP}) {
            for (int length = 0; length < webp.length - 2; length++) {
                assertRefused(Arrays.copyOf(webp, length), "image");
            }
        }
    }

    @Test
    void damagedBytesNeverCauseAnotherException() throws IOException {
        byte[] png = ImageWriter.png(new float[64 * 64], SPRITE);
        byte[] jpeg =
                withExif(encode(filled(BufferedImage.TYPE_INT_RGB, 20, 20, Color.BLUE), "jpg"), 6);
        byte[][] pictures = {png, jpeg, WEBP, LOSSY_WEBP, TURNED_WEBP, TRANSPARENT_WEBP};
        for (byte[] whole : pictures) {
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
