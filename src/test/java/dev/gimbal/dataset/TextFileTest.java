package dev.gimbal.dataset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TextFileTest {
    @TempDir private Path folder;

    @Test
    void aByteOrderMarkIsNoPartOfTheFirstLine() throws IOException {
        Path file = Files.writeString(folder.resolve("ids.txt"), "\ufeffid\r\nzw\ufeffei\r\n");

        assertThat(TextFile.lines("ids", file)).containsExactly("id", "zw\ufeffei");
        assertThat(TextFile.lines("ids", Files.writeString(file, ""))).isEmpty();
    }

    @Test
    void whatIsNotThereOrNotUtf8IsNamed() throws IOException {
        Path latin = folder.resolve("latin.txt");
        Files.write(latin, "crème".getBytes(StandardCharsets.ISO_8859_1));

        assertRefused(latin, "labels", "latin.txt", "not text in UTF-8");
        assertRefused(Files.writeString(latin, "soupe", StandardCharsets.UTF_16), "UTF-8");
        assertRefused(folder.resolve("none.txt"), "none.txt", "does not exist");
        assertRefused(folder, "is a folder");
    }

    private static void assertRefused(Path file, String... parts) {
        assertThatThrownBy(() -> TextFile.lines("labels", file))
                .isInstanceOf(BadInputException.class)
                .hasMessageContainingAll(parts);
    }
}
