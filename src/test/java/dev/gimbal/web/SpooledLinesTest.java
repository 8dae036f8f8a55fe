package dev.gimbal.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class SpooledLinesTest {

    @Test
    void theLastLineNeedsNoEnd() throws IOException {
        for (String text : new String[] {"", "a", "a\n", "a\nb", "\n\n", "x".repeat(200_000)}) {
            try (SpooledLines lines = SpooledLines.of(bytes(text))) {
                assertThat(lines.count()).isEqualTo(text.lines().count());
                LineReader reader = lines.reader(1_000_000);
                for (String line : text.lines().toList()) {
                    assertThat(reader.next().bytes()).asString().isEqualTo(line);
                }
                assertThat(reader.next()).isNull();
            }
        }
    }

    @Test
    void theirFileHasNoNameWhileTheyWait() throws IOException {
        Set<Path> before = uploads();
        try (SpooledLines lines = SpooledLines.of(bytes("a\nb\n"))) {
            assertThat(lines.file().size()).isEqualTo(4);
            assertThat(before).as("a killed process would leave more").containsAll(uploads());
        }
    }

    @Test
    void aBodyThatBreaksOffLeavesNothing() throws IOException {
        Set<Path> before = uploads();
        InputStream broken =
                new InputStream() {
                    @Override
                    public int read() throws IOException {
                        throw new IOException("the client has gone");
                    }
                };
        assertThatThrownBy(() -> SpooledLines.of(broken)).hasMessageContaining("gone");
        assertThat(before).containsAll(uploads());
    }

    private static InputStream bytes(String text) {
        return new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8));
    }

    private static Set<Path> uploads() throws IOException {
        try (Stream<Path> files = Files.list(Path.of(System.getProperty("java.io.tmpdir")))) {
            return files.filter(file -> file.getFileName().toString().startsWith("gimbal-upload-"))
                    .collect(Collectors.toSet());
        }
    }
}
