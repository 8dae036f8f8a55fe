package dev.gimbal.dataset.digits;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gimbal.dataset.BadInputException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class IdxFileTest {
    private static final byte[] VALUES = {1, 2, 3, (byte) 200, 5, 6};

    @TempDir private Path folder;

    @Test
    void whatWasWrittenIsRead() throws IOException {
        for (String name : new String[] {"a.gz", "a"}) {
            IdxFile array =
                    IdxFile.read(DigitFolders.idx(folder.resolve(name), VALUES, 1, 3, 2), 3);
            assertThat(array.shape()).containsExactly(1, 3, 2);
            assertThat(array.values()).isEqualTo(VALUES);
        }
    }

    @Test
    void aFileIsFoundPackedOrNot() throws IOException {
        assertRefused(() -> IdxFile.in(folder, "a"), "a.gz", "does not exist");
        Path plain = DigitFolders.idx(folder.resolve("a"), VALUES, 6);
        assertThat(IdxFile.in(folder, "a")).isEqualTo(plain);
        Path packed = DigitFolders.idx(folder.resolve("a.gz"), VALUES, 6);
        assertThat(IdxFile.in(folder, "a")).isEqualTo(packed);
    }

    @Test
    void aFileThatSaysOtherwiseThanItIsIsNamed() throws IOException {
        assertBad(DigitFolders.idx(folder.resolve("a"), VALUES, 7), "7 values announced, 6 there");
        assertBad(DigitFolders.idx(folder.resolve("b"), VALUES, 5), "goes on after its 5 values");
        assertBad(DigitFolders.idx(folder.resolve("c"), VALUES, 2, 3), "shape is [2, 3]");
        assertBad(DigitFolders.idx(folder.resolve("d"), VALUES, -6), "cannot be");
        assertBad(
                DigitFolders.idx(folder.resolve("e"), VALUES, 1 << 30, 1 << 30, 1 << 30),
                "cannot be");
    }

    @Test
    void otherFilesAreNamed() throws IOException {
        assertBad(folder.resolve("none"), "cannot be read");
        assertBad(Files.writeString(folder.resolve("text"), "hello"), "starts with 68656c6c");
        assertBad(Files.writeString(folder.resolve("text.gz"), "hello"), "not packed by gzip");
        assertBad(Files.write(folder.resolve("short"), new byte[] {0, 0}), "is truncated");
        byte[] packed =
                Files.readAllBytes(DigitFolders.idx(folder.resolve("g.gz"), new byte[999], 999));
        assertBad(
                Files.write(folder.resolve("cut.gz"), Arrays.copyOf(packed, packed.length / 2)),
                "is truncated");
    }

    private static void assertBad(Path file, String reason) {
        assertRefused(() -> IdxFile.read(file, 1), file.getFileName().toString(), reason);
    }

    private static void assertRefused(
            org.assertj.core.api.ThrowableAssert.ThrowingCallable call, String... parts) {
        assertThatThrownBy(call)
                .isInstanceOf(BadInputException.class)
                .hasMessageContainingAll(parts);
    }
}
