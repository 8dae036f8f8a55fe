package dev.gimbal.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// An option that can't be used is named, with its value and what it takes.
class BadOptionsTest {
    private final PrintStream err = System.err;
    private final ByteArrayOutputStream printed = new ByteArrayOutputStream();

    @BeforeEach
    void keepErrors() {
        System.setErr(new PrintStream(printed, true, StandardCharsets.UTF_8));
    }

    @AfterEach
    void showErrors() {
        System.setErr(err);
    }

    @Test
    void ofASplit() {
        assertRefused(
                "split (foo): must be train, validation or test",
                "evaluate",
                "bundle",
                "--dataset=synth",
                "--split=foo");
    }

    @Test
    void ofAVector() {
        String reason = "is no finite number; it takes numbers separated by commas";
        assertRefused("vector (a): " + reason, "query", "--collection=c", "--vector=1, a");
        assertRefused("vector (NaN): " + reason, "query", "--collection=c", "--vector=NaN,1");
    }

    private void assertRefused(String message, String... arguments) {
        printed.reset();

        assertThat(GimbalCommand.execute(_ -> {}, arguments)).isEqualTo(2);
        assertThat(printed.toString(StandardCharsets.UTF_8).strip()).isEqualTo(message);
    }
}
