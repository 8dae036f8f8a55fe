package dev.gimbal.dataset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MatrixFileTest {
    private static final float[][] ROWS = {{1, 2, 3}, {4, 5.5f, -6}};

    @TempDir private Path folder;

    @Test
    void npyOfFloatsComesBackRowByRow() throws IOException {
        assertThat(MatrixFile.read(NumpyFiles.npy(folder.resolve("a.npy"), ROWS), "x1"))
                .isDeepEqualTo(ROWS);
    }

    @Test
    void doublesAndIntegersAreRead() throws IOException {
        ByteBuffer doubles = ByteBuffer.allocate(16).order(ByteOrder.LITTLE_ENDIAN);
        doubles.putDouble(1.25).putDouble(-3);
        Path file = NumpyFiles.npy(folder.resolve("d.npy"), "<f8", "(2,)", false, doubles.array());
        assertThat(MatrixFile.read(file, "x1")).isDeepEqualTo(new float[][] {{1.25f}, {-3}});
        Path bytes =
                NumpyFiles.npy(
                        folder.resolve("u.npy"),
                        "|u1",
                        "(1, 2)",
                        false,
                        new byte[] {7, (byte) 200});
        assertThat(MatrixFile.read(bytes, "x1")).isDeepEqualTo(new float[][] {{7, 200}});
    }

    @Test
    void halfPrecisionIsReadFromBothFormats() throws IOException {
        ByteBuffer halves = ByteBuffer.allocate(8).order(ByteOrder.LITTLE_ENDIAN);
        // 1.5, -2, the largest and the smallest above 0 (IEEE 754 binary16)
        halves.putShort((short) 0x3e00).putShort((short) 0xc000);
        halves.putShort((short) 0x7bff).putShort((short) 0x0001);
        float[][] values = {{1.5f, -2}, {65504, 0x1p-24f}};

        Path npy = NumpyFiles.npy(folder.resolve("h.npy"), "<f2", "(2, 2)", false, halves.array());
        Path safetensors =
                NumpyFiles.safetensors(
                        folder.resolve("h.safetensors"),
                        "{\"x1\":{\"dtype\":\"F16\",\"shape\":[2,2],\"data_offsets\":[0,8]}}",
                        halves.array());

        assertThat(MatrixFile.read(npy, "x1")).isDeepEqualTo(values);
        assertThat(MatrixFile.read(safetensors, "x1")).isDeepEqualTo(values);
    }

    @Test
    void safetensorsAreChosenByNameWhenThereAreSeveral() throws IOException {
        String one =
                "\"x1\":{\"dtype\":\"F32\",\"shape\":[2,3],\"data_offsets\":[0,24]},"
                        + "\"x2\":{\"dtype\":\"F32\",\"shape\":[3,1],\"data_offsets\":[24,36]}";
        float[][] two = {{1, 2, 3, 4, 5.5f, -6, 7, 8, 9}};
        Path file =
                NumpyFiles.safetensors(
                        folder.resolve("a.safetensors"), "{" + one + "}", NumpyFiles.floats(two));
        assertThat(MatrixFile.read(file, "x1")).isDeepEqualTo(ROWS);
        assertThat(MatrixFile.read(file, "x2")).isDeepEqualTo(new float[][] {{7}, {8}, {9}});
        assertThatThrownBy(() -> MatrixFile.read(file, "x3"))
                .isInstanceOf(BadInputException.class)
                .hasMessageContaining("[x1, x2]")
                .hasMessageContaining("'x3'");
    }

    @Test
    void numbersThatAreNotFiniteAreNamedByRowAndColumn() throws IOException {
        Path file =
                NumpyFiles.npy(folder.resolve("nan.npy"), new float[][] {{1, 2}, {3, Float.NaN}});
        assertRefused(file, "nan.npy", "row 1, column 1 is NaN");
    }

    @Test
    void otherOrdersTypesShapesAndFilesAreRefused() throws IOException {
        byte[] data = NumpyFiles.floats(ROWS);
        assertRefused(
                NumpyFiles.npy(folder.resolve("f.npy"), "<f4", "(2, 3)", true, data), "Fortran");
        assertRefused(
                NumpyFiles.npy(folder.resolve("c.npy"), "<c8", "(1, 3)", false, data),
                "'<c8'",
                "float32");
        assertRefused(
                NumpyFiles.npy(folder.resolve("s.npy"), "<f4", "(1, 2, 3)", false, data),
                "[1, 2, 3]");
        assertRefused(
                NumpyFiles.npy(folder.resolve("t.npy"), "<f4", "(200, 3)", false, data),
                "truncated",
                "600");
        assertRefused(
                NumpyFiles.npy(
                        folder.resolve("o.npy"), "<f4", "(2000000000, 2000000000)", false, data),
                "truncated");
        assertRefused(folder.resolve("none.npy"), "none.npy", "does not exist");
        assertRefused(Files.writeString(folder.resolve("x.txt"), "1"), "must end in");
        assertRefused(Files.writeString(folder.resolve("e.npy"), ""), "not a .npy file");
        assertRefused(Files.writeString(folder.resolve("e.safetensors"), "{}"), "safetensors");
        assertRefused(
                NumpyFiles.safetensors(folder.resolve("j.safetensors"), "{{{{", data), "not JSON");
        assertRefused(
                NumpyFiles.safetensors(
                        folder.resolve("k.safetensors"),
                        "{\"a\":{\"dtype\":\"F32\",\"shape\":[2,3],\"data_offsets\":[99999,0]}}",
                        data),
                "outside the file");
    }

    @Test
    void anyCutOfAFileIsRefusedWithoutAnotherException() throws IOException {
        byte[] whole = Files.readAllBytes(NumpyFiles.npy(folder.resolve("a.npy"), ROWS));
        for (int length = 0; length < whole.length; length++) {
            Path cut = Files.write(folder.resolve("cut.npy"), Arrays.copyOf(whole, length));
            assertRefused(cut, "cut.npy");
        }
    }

    private static void assertRefused(Path file, String... parts) {
        assertThatThrownBy(() -> MatrixFile.read(file, "x1"))
                .isInstanceOf(BadInputException.class)
                .hasMessageContainingAll(parts);
    }
}
