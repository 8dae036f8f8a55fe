package dev.gimbal.dataset;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/// The numbers that a matrix file may hold, all little-endian: their names in `.npy` and in
/// safetensors.
enum NumberType {
    FLOAT16("<f2", "F16", 2),
    FLOAT32("<f4", "F32", 4),
    FLOAT64("<f8", "F64", 8),
    INT32("<i4", "I32", 4),
    INT64("<i8", "I64", 8),
    UINT8("|u1", "U8", 1);

    private static final ValueLayout.OfShort SHORTS =
            ValueLayout.JAVA_SHORT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
    private static final ValueLayout.OfFloat FLOATS =
            ValueLayout.JAVA_FLOAT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
    private static final ValueLayout.OfDouble DOUBLES =
            ValueLayout.JAVA_DOUBLE_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
    private static final ValueLayout.OfInt INTS =
            ValueLayout.JAVA_INT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
    private static final ValueLayout.OfLong LONGS =
            ValueLayout.JAVA_LONG_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);

    private final String npy;
    private final String safetensors;
    private final int bytes;

    NumberType(String npy, String safetensors, int bytes) {
        this.npy = npy;
        this.safetensors = safetensors;
        this.bytes = bytes;
    }

    /// The type of that name in either format.
    ///
    /// @throws BadInputException when it is not one of these
    static NumberType of(String name, Object file) {
        return Arrays.stream(values())
                .filter(t -> t.npy.equals(name) || t.safetensors.equals(name))
                .findFirst()
                .orElseThrow(() ->
                        new BadInputException(
                                "file",
                                file,
                                "numbers are of type '%s', expected %s".formatted(name, known())));
    }

    private static String known() {
        return Arrays.stream(values())
                .map(t -> t.name().toLowerCase(Locale.ROOT))
                .collect(Collectors.joining(", "));
    }

    int bytes() {
        return bytes;
    }

    float read(MemorySegment memory, long offset) {
        return switch (this) {
            case FLOAT16 -> Float.float16ToFloat(memory.get(SHORTS, offset));
            case FLOAT32 -> memory.get(FLOATS, offset);
            case FLOAT64 -> (float) memory.get(DOUBLES, offset);
            case INT32 -> (float) memory.get(INTS, offset);
            case INT64 -> (float) memory.get(LONGS, offset);
            case UINT8 -> memory.get(ValueLayout.JAVA_BYTE, offset) & 0xff;
        };
    }
}
