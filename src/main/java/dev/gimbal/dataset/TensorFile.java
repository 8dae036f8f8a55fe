package dev.gimbal.dataset;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/// Reads named arrays from a safetensors file, such as the weights of a published network.
public final class TensorFile {
    private TensorFile() {}

    /// The arrays whose names are wanted, in the file's order.
    ///
    /// @throws BadInputException naming the file when it is missing, no safetensors, truncated, or
    ///   a wanted array holds a number that is not finite or of a type that is not read
    public static Map<String, Tensor> read(Path file, Predicate<String> wanted) {
        BadInputException.requireFile("file", file);
        try (Arena arena = Arena.ofConfined();
                FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
            MemorySegment memory =
                    channel.map(FileChannel.MapMode.READ_ONLY, 0, channel.size(), arena);
            Map<String, Tensor> tensors = new LinkedHashMap<>();
            SafetensorsHeader.names(memory, file).stream()
                    .filter(wanted)
                    .forEach(name -> tensors.put(name, tensor(memory, file, name)));
            return tensors;
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + file, e);
        }
    }

    private static Tensor tensor(MemorySegment memory, Path file, String name) {
        MatrixFile.Layout layout = SafetensorsHeader.read(memory, file, name);
        long room = (memory.byteSize() - layout.start()) / layout.type().bytes();
        float[] values = new float[size(layout.shape(), room, file, name)];
        for (int i = 0; i < values.length; i++) {
            values[i] =
                    layout.type().read(memory, layout.start() + (long) i * layout.type().bytes());
            if (!Float.isFinite(values[i])) {
                throw new BadInputException(
                        "file",
                        file,
                        "array '%s' holds %s at %d (counting from 0)"
                                .formatted(name, values[i], i));
            }
        }
        return new Tensor(layout.shape(), values);
    }

    private static int size(List<Long> shape, long room, Path file, String name) {
        long size = 1;
        for (long n : shape) {
            if (n < 0 || n > Math.min(room, Integer.MAX_VALUE - 8) || size * n > room) {
                throw new BadInputException(
                        "file",
                        file,
                        "array '%s' of shape %s does not fit the file, which has room for %d numbers"
                                .formatted(name, shape, room));
            }
            size *= n;
        }
        return Math.toIntExact(size);
    }
}
