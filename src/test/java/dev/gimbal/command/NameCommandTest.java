package dev.gimbal.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gimbal.bundle.Factor;
import dev.gimbal.bundle.ModelBundle;
import dev.gimbal.web.Service;
import dev.gimbal.web.TinyModels;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.logging.LogLevel;
import org.springframework.boot.logging.LoggingSystem;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

@ExtendWith(OutputCaptureExtension.class)
class NameCommandTest {
    private static final Service SERVICE = Service.shared();

    @TempDir private Path folder;

    @BeforeEach
    void writeBundle() throws IOException {
        TinyModels.vectors(1).write(folder);
    }

    /// Commands turn the log off, which is the whole process's.
    @AfterAll
    static void logAgain() {
        LoggingSystem.get(NameCommandTest.class.getClassLoader())
                .setLogLevel(LoggingSystem.ROOT_LOGGER_NAME, LogLevel.INFO);
    }

    @Test
    void namesAreTakenOver() {
        assertThat(name(folder.toString(), "first=size", "second=first")).isZero();
        assertThat(factors()).containsExactly("size", "first");
    }

    @Test
    void whatHttpRefusesIsRefusedAndNothingIsWritten(CapturedOutput output) throws IOException {
        String before = Files.readString(folder.resolve("manifest.json"));

        assertThat(name(folder.toString(), "first=size", "second=size")).isEqualTo(2);
        assertThat(name(folder.toString(), "first=second")).isEqualTo(2);
        assertThat(name(folder.toString(), "first=")).isEqualTo(2);
        assertThat(name(folder.toString(), "third=size")).isEqualTo(2);

        assertThat(output.getErr())
                .contains("factors (size): two factors cannot share a name")
                .contains("factors (second): two factors cannot share a name")
                .contains("factors.first (): a name is 1 to 60 characters on one line")
                .contains("the bundle has no factor 'third'");
        assertThat(folder.resolve("manifest.json")).hasContent(before);
    }

    @Test
    void suggestionsAreOfTheModelThatSearchesTheCollection(CapturedOutput output)
            throws IOException {
        String model = TinyModels.vectors(1).fingerprint();
        SERVICE.put("/v1/collections/named", "{\"model\":\"" + model + "\"}");
        SERVICE.upload(
                "named",
                IntStream.range(0, 20)
                        .mapToObj(NameCommandTest::pair)
                        .collect(Collectors.joining("\n")));
        String url = "--url=" + SERVICE.url();

        assertThat(name("--suggest=named", url, folder.toString(), "first=size")).isZero();
        assertThat(output.getOut()).contains("first=size", "second=second (named already)");
        assertThat(factors()).containsExactly("size", "second");

        ModelBundle other = TinyModels.vectors(2);
        other.write(folder);
        assertThat(name("--suggest=named", url, folder.toString(), "first=size")).isEqualTo(2);
        assertThat(output.getErr())
                .contains("is model " + ModelBundle.shortened(other.fingerprint()))
                .contains("'named' is searched by " + ModelBundle.shortened(model));
        assertThat(factors()).containsExactly("first", "second");
    }

    private static String pair(int i) {
        return "{\"id\":\"p%1$d\",\"values\":{\"x1\":{\"vector\":[%1$d,2,3,4,5,6]},\"x2\":{\"vector\":[1,%1$d,3,4,5]}}}"
                .formatted(i);
    }

    private List<String> factors() {
        return ModelBundle.read(folder).manifest().latentSpaces().getFirst().factors().stream()
                .map(Factor::name)
                .toList();
    }

    private static int name(String... arguments) {
        String[] all = new String[arguments.length + 1];
        all[0] = "name";
        System.arraycopy(arguments, 0, all, 1, arguments.length);
        return GimbalCommand.execute(_ -> {}, all);
    }
}
