package dev.gimbal.dataset;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;

/// Reads a matrix of finite numbers from `.npy` or `.safetensors`; any size, without code from the
/// file being run.
final class MatrixFile {
    private MatrixFile() {}

    /// Where the numbers of a matrix lie in a file.
    ///
    /// @param shape `[rows, columns]`, or `[rows]` for a single column
    /// @param start offset of the first number, in bytes
    record Layout(NumberType type, List<Long> shape, long start) {}

    /// The matrix, row by row.
    ///
    /// @param tensor which one to read when a safetensors file holds several
    /// @throws BadInputException naming the file when it is missing, not such a matrix, truncated,
    ///   or holds a number that is not finite as a 32-bit float
    static float[][] read(Path file, String tensor) {
        BadInputException.requireFile("file", file);
        try (Arena arena = Arena.ofConfined();
                FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
            MemorySegment memory =
                    channel.map(FileChannel.MapMode.READ_ONLY, 0, channel.size(), arena);
            return rows(memory, layout(memory, file, tensor), file);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + file, e);
        }
    }

    private static Layout layout(MemorySegment memory, Path file, String tensor) {
        String name = file.getFileName().toString();
        if (name.endsWith(".npy")) {
            return NpyHeader.read(memory, file);
        }
        if (name.endsWith(".safetensors")) {
            return SafetensorsHeader.read(memory, file, tensor);
        }
        throw new BadInputException("file", file, "must end in .npy or .safetensors");
    }

    private static float[][] rows(MemorySegment memory, Layout layout, Path file) {
        List<Long> shape = layout.shape();
        boolean fits =
                !shape.isEmpty()
                        && shape.size() <= 2
                        && shape.stream().allMatch(n -> n >= 1 && n < Integer.MAX_VALUE - 8);
        if (!fits) {
            throw new BadInputException(
                    "file", file, "shape is " + shape + ", expected [rows, columns]");
        }
        int rows = Math.toIntExact(shape.getFirst());
        int columns = shape.size() == 1 ? 1 : Math.toIntExact(shape.getLast());
        int width = layout.type().bytes();
        long need = (long) rows * columns;
        if (need > (memory.byteSize() - layout.start()) / width) {
            throw new BadInputException(
                    "file",
                    file,
                    "is truncated: %d numbers announced, room for %d"
                            .formatted(need, (memory.byteSize() - layout.start()) / width));
        }
        float[][] values = new float[rows][columns];
        long offset = layout.start();
        for (int i = 0; i < rows; i++) {
            for (int j = 0; j < columns; j++) {
                values[i][j] = layout.type().read(memory, offset);
                offset += width;
                requireFinite(values[i][j], i, j, file);
            }
        }
        return values;
    }

    /// @throws BadInputException naming row and column (from 0) when the value is not finite
    static void requireFinite(float value, int row, int column, Path file) {
        if (!Float.isFinite(value)) {
            throw new BadInputException(
                    "file",
                    file,
                    "row %d, column %d is %s (counting from 0)".formatted(row, column, value));
        }
    }
}
