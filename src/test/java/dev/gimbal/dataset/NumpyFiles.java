package dev.gimbal.dataset;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/// Writes small matrix files byte by byte, as their formats say.
final class NumpyFiles {
    private NumpyFiles() {}

    static Path npy(Path file, String type, String shape, boolean fortran, byte[] data)
            throws IOException {
        String dictionary =
                "{'descr': '%s', 'fortran_order': %s, 'shape': %s, }"
                        .formatted(type, fortran ? "True" : "False", shape);
        String header = dictionary + " ".repeat(117 - dictionary.length()) + "\n";
        ByteBuffer bytes =
                ByteBuffer.allocate(10 + header.length() + data.length)
                        .order(ByteOrder.LITTLE_ENDIAN);
        bytes.put(new byte[] {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y', 1, 0});
        bytes.putShort((short) header.length());
        bytes.put(header.getBytes(StandardCharsets.US_ASCII)).put(data);
        return Files.write(file, bytes.array());
    }

    static Path npy(Path file, float[][] rows) throws IOException {
        String shape = "(%d, %d)".formatted(rows.length, rows[0].length);
        return npy(file, "<f4", shape, false, floats(rows));
    }

    static Path safetensors(Path file, String header, byte[] data) throws IOException {
        byte[] json = header.getBytes(StandardCharsets.UTF_8);
        ByteBuffer bytes =
                ByteBuffer.allocate(8 + json.length + data.length).order(ByteOrder.LITTLE_ENDIAN);
        bytes.putLong(json.length).put(json).put(data);
        return Files.write(file, bytes.array());
    }

    static byte[] floats(float[][] rows) {
        ByteBuffer bytes =
                ByteBuffer.allocate(4 * rows.length * rows[0].length)
                        .order(ByteOrder.LITTLE_ENDIAN);
        for (float[] row : rows) {
            for (float value : row) {
                bytes.putFloat(value);
            }
        }
        return bytes.array();
    }
}
