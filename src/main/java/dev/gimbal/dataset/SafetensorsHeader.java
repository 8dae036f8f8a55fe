package dev.gimbal.dataset;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.List;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// The header of a safetensors file: its length (8 bytes), then JSON that gives each tensor's type,
/// shape and place.
final class SafetensorsHeader {
    private static final JsonMapper JSON = JsonMapper.shared();

    private SafetensorsHeader() {}

    /// All tensors' names, in the header's order.
    static List<String> names(MemorySegment memory, Path file) {
        return names(json(memory, file));
    }

    private static List<String> names(JsonNode header) {
        return header.propertyNames().stream().filter(n -> !n.equals("__metadata__")).toList();
    }

    /// Where the tensor of this name lies; the name does not matter when there is only one.
    static MatrixFile.Layout read(MemorySegment memory, Path file, String tensor) {
        JsonNode header = json(memory, file);
        long data = Long.BYTES + length(memory, file);
        JsonNode entry = header.path(choose(header, file, tensor));
        List<Long> shape = entry.path("shape").valueStream().map(node -> node.asLong(-1)).toList();
        long start = entry.path("data_offsets").path(0).asLong(-1);
        if (start < 0 || start > memory.byteSize() - data) {
            throw new BadInputException("file", file, "has a tensor outside the file: " + entry);
        }
        NumberType type = NumberType.of(entry.path("dtype").asString(""), file);
        return new MatrixFile.Layout(type, shape, data + start);
    }

    private static long length(MemorySegment memory, Path file) {
        long length =
                memory.byteSize() < 8
                        ? -1
                        : memory.get(
                                ValueLayout.JAVA_LONG_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN),
                                0);
        if (length < 2 || length > Math.min(memory.byteSize() - 8, 100_000_000)) {
            throw new BadInputException("file", file, "is not a safetensors file or is truncated");
        }
        return length;
    }

    private static JsonNode json(MemorySegment memory, Path file) {
        byte[] header =
                memory.asSlice(Long.BYTES, length(memory, file)).toArray(ValueLayout.JAVA_BYTE);
        try {
            return JSON.readTree(header);
        } catch (JacksonException e) {
            throw new BadInputException("file", file, "has a header that is not JSON");
        }
    }

    private static String choose(JsonNode header, Path file, String tensor) {
        List<String> names = names(header);
        if (names.contains(tensor)) {
            return tensor;
        }
        if (names.size() == 1) {
            return names.getFirst();
        }
        throw new BadInputException(
                "file", file, "holds the tensors %s, none named '%s'".formatted(names, tensor));
    }
}
