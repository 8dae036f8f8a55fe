package dev.gimbal.dataset;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// The header of NumPy's `.npy` format, versions 1 to 3: the magic, a version, the length of a text
/// and that text, a Python dictionary of type, order and shape.
final class NpyHeader {
    private static final byte[] MAGIC = {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y'};
    private static final Pattern TYPE = Pattern.compile("'descr'\\s*:\\s*'([^']{1,20})'");
    private static final Pattern FORTRAN = Pattern.compile("'fortran_order'\\s*:\\s*True");
    private static final Pattern SHAPE = Pattern.compile("'shape'\\s*:\\s*\\(([0-9, ]{0,80})\\)");

    private NpyHeader() {}

    static MatrixFile.Layout read(MemorySegment memory, Path file) {
        if (memory.byteSize() < 12
                || !Arrays.equals(
                        memory.asSlice(0, MAGIC.length).toArray(ValueLayout.JAVA_BYTE), MAGIC)) {
            throw new BadInputException("file", file, "is not a .npy file");
        }
        boolean first = memory.get(ValueLayout.JAVA_BYTE, 6) == 1;
        int start = first ? 10 : 12;
        long length =
                first
                        ? memory.get(order(ValueLayout.JAVA_SHORT_UNALIGNED), 8) & 0xffff
                        : memory.get(order(ValueLayout.JAVA_INT_UNALIGNED), 8) & 0xffff_ffffL;
        if (length > Math.min(memory.byteSize() - start, 1 << 20)) {
            throw new BadInputException("file", file, "is truncated within its header");
        }
        byte[] text = memory.asSlice(start, length).toArray(ValueLayout.JAVA_BYTE);
        return parse(new String(text, StandardCharsets.UTF_8), start + length, file);
    }

    private static MatrixFile.Layout parse(String header, long start, Path file) {
        if (FORTRAN.matcher(header).find()) {
            throw new BadInputException(
                    "file", file, "is in Fortran order; save numpy.ascontiguousarray(x) instead");
        }
        NumberType type = NumberType.of(group(TYPE, header, file), file);
        List<Long> shape =
                Arrays.stream(group(SHAPE, header, file).split(","))
                        .map(String::strip)
                        .filter(number -> !number.isEmpty())
                        .map(number -> number(number, file))
                        .toList();
        return new MatrixFile.Layout(type, shape, start);
    }

    private static String group(Pattern pattern, String header, Path file) {
        Matcher matcher = pattern.matcher(header);
        if (!matcher.find()) {
            throw new BadInputException(
                    "file", file, "has a header without a usable type or shape: " + header.strip());
        }
        return matcher.group(1);
    }

    private static long number(String text, Path file) {
        try {
            return Long.parseLong(text);
        } catch (NumberFormatException e) {
            throw new BadInputException("file", file, "has a shape that is no number: " + text);
        }
    }

    private static ValueLayout.OfShort order(ValueLayout.OfShort layout) {
        return layout.withOrder(ByteOrder.LITTLE_ENDIAN);
    }

    private static ValueLayout.OfInt order(ValueLayout.OfInt layout) {
        return layout.withOrder(ByteOrder.LITTLE_ENDIAN);
    }
}
