package dev.gimbal.dataset;

import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.Semaphore;
import javax.imageio.ImageIO;
import javax.imageio.stream.ImageInputStream;
import javax.imageio.stream.MemoryCacheImageInputStream;

/// Turns PNG, JPEG or WebP bytes from outside into a modality's value.
///
/// The header's dimensions are checked before anything is decoded. Colour becomes grey for one
/// channel, transparency lies on black, and a photograph is turned as its EXIF orientation says.
/// Any size is brought to the modality's by area averaging, of the largest centred part that has
/// the modality's proportions, so a picture of the right size keeps its pixels exactly.
public final class ImageReader {
    /// More than this is refused unread: 25 million pixels, a large photograph.
    public static final long MAX_PIXELS = 25_000_000;

    /// Pixels in thousands that are decoded at once, by all threads together; who comes then waits,
    /// so that many large pictures at a time do not fill the memory.
    private static final Semaphore PLACES = new Semaphore((int) (2 * MAX_PIXELS / 1000), true);

    /// The only warning of the JPEG decoder that is surely not of missing data. Of those that come
    /// from libjpeg itself only the first is told, so a mild one may stand before a grave one.
    private static final String HARMLESS = "Embedded color profile is invalid; ignored";

    private static final Set<String> FORMATS = Set.of("png", "jpeg", "webp");

    private ImageReader() {}

    /// The picture as `[channels, height, width]` in `[0, 1]`.
    ///
    /// @throws BadInputException when the bytes are no PNG, JPEG or WebP, too large, damaged or
    ///   truncated
    /// @throws IllegalArgumentException when the modality is not an image of 1 or 3 channels
    public static float[] read(byte[] bytes, Modality modality) {
        if (modality.kind() != Modality.Kind.IMAGE
                || (modality.shape().getFirst() != 1 && modality.shape().getFirst() != 3)) {
            throw new IllegalArgumentException("not an image of 1 or 3 channels: " + modality);
        }
        String size = bytes.length + " bytes";
        if (bytes.length == 0) {
            throw new BadInputException("image", size, "is empty");
        }
        try (ImageInputStream in =
                new MemoryCacheImageInputStream(new ByteArrayInputStream(bytes))) {
            return read(in, bytes, modality.shape());
        } catch (IOException e) {
            throw damaged(size, e);
        }
    }

    private static float[] read(ImageInputStream in, byte[] bytes, List<Integer> shape)
            throws IOException {
        String size = bytes.length + " bytes";
        Iterator<javax.imageio.ImageReader> readers = ImageIO.getImageReaders(in);
        if (!readers.hasNext()) {
            throw new BadInputException("image", size, "is not a PNG, JPEG or WebP image");
        }
        javax.imageio.ImageReader reader = readers.next();
        try {
            String format = reader.getFormatName().toLowerCase(Locale.ROOT);
            if (!FORMATS.contains(format)) {
                throw new BadInputException("image", format, "is not a PNG, JPEG or WebP image");
            }
            reader.setInput(in, true, true);
            int pixels = requireModest(reader.getWidth(0), reader.getHeight(0));
            if (format.equals("webp")) {
                requireWhole(bytes);
            }
            int places = 1 + pixels / 1000;
            PLACES.acquireUninterruptibly(places);
            try {
                return resize(decode(reader), Orientation.read(bytes, format), shape);
            } finally {
                PLACES.release(places);
            }
        } catch (BadInputException e) {
            throw e;
        } catch (RuntimeException e) {
            // the decoders answer damaged bytes with all kinds of exceptions
            throw damaged(size, e);
        } finally {
            reader.dispose();
        }
    }

    /// Turning the small result costs less than turning the photograph.
    private static float[] resize(
            BufferedImage stored, Orientation orientation, List<Integer> shape) {
        int height = shape.get(1);
        int width = shape.get(2);
        List<Integer> asStored =
                orientation.transposed() ? List.of(shape.get(0), width, height) : shape;
        return orientation.upright(AreaAverage.resize(stored, asStored), height, width);
    }

    private static BufferedImage decode(javax.imageio.ImageReader reader) throws IOException {
        List<String> warnings = new ArrayList<>();
        reader.addIIOReadWarningListener((_, text) -> warnings.add(text));
        BufferedImage image = reader.read(0);
        warnings.removeIf(HARMLESS::equals);
        // the JPEG decoder fills what is missing with grey and only warns
        if (reader.getFormatName().equalsIgnoreCase("jpeg") && !warnings.isEmpty()) {
            throw new IOException(warnings.getFirst());
        }
        return image;
    }

    /// @return how many pixels it has
    private static int requireModest(int width, int height) {
        if ((long) width * height > MAX_PIXELS) {
            throw new BadInputException(
                    "image",
                    width + " x " + height + " pixels",
                    "is larger than the " + MAX_PIXELS + " pixels that are accepted");
        }
        return width * height;
    }

    /// The WebP decoder shows what there is of a truncated file.
    private static void requireWhole(byte[] webp) throws IOException {
        long announced =
                Integer.toUnsignedLong(
                        ByteBuffer.wrap(webp).order(ByteOrder.LITTLE_ENDIAN).getInt(4));
        if (announced > webp.length - 8) {
            throw new IOException("its header announces " + (announced + 8) + " bytes");
        }
    }

    private static BadInputException damaged(String size, Exception cause) {
        String reason = String.valueOf(cause.getMessage()).lines().findFirst().orElse("");
        BadInputException exception =
                new BadInputException("image", size, "is damaged or truncated (" + reason + ")");
        exception.initCause(cause);
        return exception;
    }
}
