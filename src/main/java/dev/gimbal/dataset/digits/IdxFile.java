package dev.gimbal.dataset.digits;

import dev.gimbal.dataset.BadInputException;
import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;

/// An array of unsigned bytes in the IDX layout of MNIST: two zero bytes, the type byte 8, the
/// number of axes, each axis as a big-endian 32-bit number, then the values, row-major.
///
/// @param shape of the array, such as `[60000, 28, 28]`
/// @param values unsigned; shared, not to be written to
record IdxFile(List<Integer> shape, byte[] values) {
    private static final int UNSIGNED_BYTE = 8;
    private static final int MOST_AXES = 4;

    IdxFile {
        shape = List.copyOf(shape);
    }

    /// The file of that name in a folder, with or without `.gz`.
    ///
    /// @throws BadInputException naming the file when there is none
    static Path in(Path folder, String name) {
        Path packed = folder.resolve(name + ".gz");
        Path plain = folder.resolve(name);
        if (Files.isRegularFile(packed)) {
            return packed;
        }
        if (Files.isRegularFile(plain)) {
            return plain;
        }
        throw new BadInputException("file", packed, "does not exist, nor does '" + name + "'");
    }

    /// Reads an array, packed by gzip where the name ends in `.gz`.
    ///
    /// @param axes that it must have
    /// @throws BadInputException naming the file when it cannot be read, is not such an array, or
    ///   is longer or shorter than it says
    static IdxFile read(Path file, int axes) {
        try (InputStream raw = Files.newInputStream(file);
                DataInputStream in = new DataInputStream(unpacked(raw, file))) {
            IdxFile array = read(in, file);
            if (array.shape.size() != axes) {
                throw new BadInputException(
                        "file", file, "shape is %s, expected %d axes".formatted(array.shape, axes));
            }
            return array;
        } catch (EOFException e) {
            throw new BadInputException("file", file, "is truncated");
        } catch (ZipException e) {
            throw new BadInputException("file", file, "is not packed by gzip: " + e.getMessage());
        } catch (IOException e) {
            throw new BadInputException("file", file, "cannot be read: " + e.getMessage());
        }
    }

    private static InputStream unpacked(InputStream raw, Path file) throws IOException {
        InputStream buffered = new BufferedInputStream(raw, 1 << 16);
        return file.toString().endsWith(".gz") ? new GZIPInputStream(buffered, 1 << 16) : buffered;
    }

    private static IdxFile read(DataInputStream in, Path file) throws IOException {
        int magic = in.readInt();
        int axes = magic & 0xff;
        if (magic >>> 8 != UNSIGNED_BYTE || axes < 1 || axes > MOST_AXES) {
            throw new BadInputException(
                    "file",
                    file,
                    "is no IDX file of unsigned bytes: it starts with %08x".formatted(magic));
        }
        List<Integer> shape = new ArrayList<>();
        long size = 1;
        for (int axis = 0; axis < axes; axis++) {
            int length = in.readInt();
            shape.add(length);
            size = length < 1 ? 0 : Math.min(size * length, Integer.MAX_VALUE);
        }
        if (size < 1 || size > Integer.MAX_VALUE - 8) {
            throw new BadInputException("file", file, "has a shape that cannot be: " + shape);
        }
        byte[] values = in.readNBytes((int) size);
        if (values.length < size) {
            throw new BadInputException(
                    "file",
                    file,
                    "is truncated: %d values announced, %d there".formatted(size, values.length));
        }
        if (in.read() >= 0) {
            throw new BadInputException("file", file, "goes on after its " + size + " values");
        }
        return new IdxFile(shape, values);
    }
}
