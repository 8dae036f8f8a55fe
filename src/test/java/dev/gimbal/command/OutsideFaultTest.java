package dev.gimbal.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.gimbal.dataset.BadInputException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.core.JacksonException;

class OutsideFaultTest {
    @Test
    void aFileIsNamedWithWhatIsWrongWithIt(@TempDir Path folder) {
        assertThat(OutsideFault.words(new NoSuchFileException("nope.jpg")))
                .contains("nope.jpg: does not exist");
        assertThat(
                        OutsideFault.words(
                                new UncheckedIOException(
                                        "cannot read x.png", new AccessDeniedException("x.png"))))
                .contains("cannot read x.png: must not be read or written: permission denied");
        assertThat(OutsideFault.words(new UncheckedIOException(new AccessDeniedException("x.png"))))
                .contains("x.png: must not be read or written: permission denied");
        IOException real =
                catchThrowableOfType(
                        IOException.class, () -> Files.readAllBytes(folder.resolve("none")));
        assertThat(OutsideFault.words(real)).contains(folder.resolve("none") + ": does not exist");
    }

    @Test
    void jsonThatEndsEarlyIsSaidToBeNone() {
        JacksonException cut =
                catchThrowableOfType(
                        JacksonException.class, () -> RemoteService.JSON.readTree("{\"a\":"));

        assertThat(OutsideFault.words(cut).orElseThrow()).contains("not JSON", "line 1, column");
    }

    @Test
    void badInputSpeaksForItselfAndFaultsOfTheProgramDoNot() {
        assertThat(OutsideFault.words(new BadInputException("k", 0, "is too small")))
                .contains("k (0): is too small");
        assertThat(OutsideFault.words(new IllegalStateException("impossible"))).isEmpty();
        assertThat(OutsideFault.words(new NullPointerException())).isEmpty();
    }
}
