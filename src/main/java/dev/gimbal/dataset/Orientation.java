package dev.gimbal.dataset;

import com.drew.imaging.jpeg.JpegProcessingException;
import com.drew.imaging.jpeg.JpegSegmentReader;
import com.drew.imaging.jpeg.JpegSegmentType;
import com.drew.lang.ByteArrayReader;
import com.drew.lang.SequentialByteArrayReader;
import com.drew.metadata.Metadata;
import com.drew.metadata.exif.ExifIFD0Directory;
import com.drew.metadata.exif.ExifReader;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Set;

/// How a camera held what it stored: EXIF's tag 0x0112, whose eight values say on which side of the
/// scene the stored rows and columns begin.
///
/// @param transposed stored rows are the scene's columns
/// @param rowsReversed the first stored row is the bottom one, or the right one when transposed
/// @param columnsReversed the first stored column is the right one, or the bottom one when
///   transposed
record Orientation(boolean transposed, boolean rowsReversed, boolean columnsReversed) {
    /// Stored as seen, value 1.
    static final Orientation UPRIGHT = new Orientation(false, false, false);

    private static final int RIFF_HEADER = 12;

    /// The meaning of EXIF's number; anything but 1 to 8 is upright.
    static Orientation of(int exif) {
        return switch (exif) {
            case 2 -> new Orientation(false, false, true);
            case 3 -> new Orientation(false, true, true);
            case 4 -> new Orientation(false, true, false);
            case 5 -> new Orientation(true, false, false);
            case 6 -> new Orientation(true, true, false);
            case 7 -> new Orientation(true, true, true);
            case 8 -> new Orientation(true, false, true);
            default -> UPRIGHT;
        };
    }

    /// What the picture itself says; upright when it says nothing that can be read.
    ///
    /// @param format `jpeg`, `webp` or another, which has no orientation
    static Orientation read(byte[] picture, String format) {
        Metadata metadata = new Metadata();
        switch (format) {
            case "jpeg" -> jpeg(picture, metadata);
            case "webp" -> webp(picture, metadata);
            default -> {}
        }
        ExifIFD0Directory directory = metadata.getFirstDirectoryOfType(ExifIFD0Directory.class);
        Integer value =
                directory == null ? null : directory.getInteger(ExifIFD0Directory.TAG_ORIENTATION);
        return value == null ? UPRIGHT : of(value);
    }

    private static void jpeg(byte[] picture, Metadata metadata) {
        try {
            new ExifReader()
                    .readJpegSegments(
                            JpegSegmentReader.readSegments(
                                            new SequentialByteArrayReader(picture),
                                            Set.of(JpegSegmentType.APP1))
                                    .getSegments(JpegSegmentType.APP1),
                            metadata,
                            JpegSegmentType.APP1);
        } catch (JpegProcessingException | IOException unreadable) {
            // the picture is what is wanted, and its decoder has the say whether that is damaged
        }
    }

    /// Walks the chunks of a RIFF file to the one called `EXIF`.
    private static void webp(byte[] picture, Metadata metadata) {
        ByteBuffer chunks = ByteBuffer.wrap(picture).order(ByteOrder.LITTLE_ENDIAN);
        int at = RIFF_HEADER;
        while (at <= picture.length - Long.BYTES) {
            String name = new String(picture, at, Integer.BYTES, StandardCharsets.US_ASCII);
            int size = chunks.getInt(at + Integer.BYTES);
            at += Long.BYTES;
            if (size < 0 || size > picture.length - at) {
                return;
            }
            if (name.equals("EXIF")) {
                byte[] exif = Arrays.copyOfRange(picture, at, at + size);
                new ExifReader().extract(new ByteArrayReader(exif, tiffStart(exif)), metadata);
                return;
            }
            at += size + size % 2;
        }
    }

    /// Some writers repeat JPEG's preamble.
    private static int tiffStart(byte[] exif) {
        byte[] preamble = ExifReader.JPEG_SEGMENT_PREAMBLE.getBytes(StandardCharsets.ISO_8859_1);
        boolean repeated =
                exif.length >= preamble.length
                        && Arrays.equals(exif, 0, preamble.length, preamble, 0, preamble.length);
        return repeated ? preamble.length : 0;
    }

    /// A picture as seen from one as stored.
    ///
    /// @param stored `[channels, height, width]`, or `[channels, width, height]` when transposed
    /// @return `[channels, height, width]`
    float[] upright(float[] stored, int height, int width) {
        if (equals(UPRIGHT)) {
            return stored;
        }
        int rows = transposed ? width : height;
        int columns = transposed ? height : width;
        float[] seen = new float[stored.length];
        for (int i = 0; i < seen.length; i++) {
            int x = i % width;
            int y = i / width % height;
            int row = transposed ? x : y;
            int column = transposed ? y : x;
            row = rowsReversed ? rows - 1 - row : row;
            column = columnsReversed ? columns - 1 - column : column;
            seen[i] = stored[i / (rows * columns) * rows * columns + row * columns + column];
        }
        return seen;
    }
}
