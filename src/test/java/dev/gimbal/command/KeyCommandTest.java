package dev.gimbal.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.logging.LogLevel;
import org.springframework.boot.logging.LoggingSystem;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

/// `gimbal key` as an operator types it, over an embedded database of its own.
@ExtendWith(OutputCaptureExtension.class)
class KeyCommandTest {
    @TempDir private static Path home;

    /// The command turns the log off, which is the whole process's.
    @AfterAll
    static void logAgain() {
        LoggingSystem.get(KeyCommandTest.class.getClassLoader())
                .setLogLevel(LoggingSystem.ROOT_LOGGER_NAME, LogLevel.INFO);
    }

    @Test
    void keysAreMadeListedAndRevoked(CapturedOutput output) {
        assertThat(key("create", "--name", "our shop", "--scope", "write", "--collection", "ovals"))
                .isZero();
        String key = output.getOut().strip().lines().toList().getLast();
        assertThat(key).matches("gk_[0-9a-f]{12}_[A-Za-z0-9_-]{43}");
        String id = key.substring(3, 15);

        int before = output.getOut().length();
        assertThat(key("list")).isZero();
        assertThat(output.getOut().substring(before).strip())
                .isEqualTo(id + "  write  ovals  valid  our shop");

        assertThat(key("revoke", id)).isZero();
        before = output.getOut().length();
        assertThat(key("list")).isZero();
        assertThat(output.getOut().substring(before))
                .contains("revoked 20")
                .doesNotContain(key.substring(16));

        assertThat(key("revoke", id)).isEqualTo(2);
        assertThat(output.getErr()).contains("no valid key '" + id + "'");
        assertThat(key("create", "--name", " ")).isEqualTo(2);
        assertThat(key("create", "--name", "n", "--scope", "all")).isEqualTo(2);
        assertThat(key("create", "--name", "n", "--collection", "../x")).isEqualTo(2);
    }

    private static int key(String... arguments) {
        String[] all = new String[arguments.length + 3];
        all[0] = "key";
        System.arraycopy(arguments, 0, all, 1, arguments.length);
        all[all.length - 2] = "--home";
        all[all.length - 1] = home.toString();
        return GimbalCommand.execute(_ -> {}, all);
    }
}
