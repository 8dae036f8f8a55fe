package dev.gimbal.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gimbal.dataset.DrawnRecipes;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.logging.LogLevel;
import org.springframework.boot.logging.LoggingSystem;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

/// The way of docs/encoders.md from exported encoders to knobs over a folder of recipes.
@ExtendWith(OutputCaptureExtension.class)
class ImportedEncodersTest {
    @TempDir private Path home;

    @BeforeEach
    void writeFiles() throws IOException {
        DrawnRecipes.write(home.resolve("recipes"), 60, 1);
        for (String name : List.of("image.pt", "text.pt", "tokenizer.json")) {
            try (var in = ImportedEncodersTest.class.getResourceAsStream("/imported/" + name)) {
                Files.write(home.resolve(name), Objects.requireNonNull(in).readAllBytes());
            }
        }
    }

    /// Commands turn the log off, which is the whole process's.
    @AfterAll
    static void logAgain() {
        LoggingSystem.get(ImportedEncodersTest.class.getClassLoader())
                .setLogLevel(LoggingSystem.ROOT_LOGGER_NAME, LogLevel.INFO);
    }

    @Test
    void headsTrainOverThemOnceNamesAndSizeAreTheData(CapturedOutput output) throws IOException {
        assertThat(imported("--image-size=32", "--text-name=recipe")).isZero();

        assertThat(overRecipes("train", List.of("--family=rivae", "--out=" + at("other"))))
                .isEqualTo(2);
        assertThat(output.getErr())
                .contains("--image-name and --text-name", "--data side=N")
                .contains("[3, 32, 32]", "[3, 128, 128]");

        List<String> train =
                List.of(
                        "--family=rivae",
                        "--data=side=32",
                        "--settings=" + settings(output),
                        "--out=" + at("heads"));
        assertThat(overRecipes("train", train)).isZero();
        int evaluated =
                gimbal(
                        List.of(
                                "evaluate",
                                at("heads/bundle"),
                                "--executable",
                                "--size=10",
                                "--dataset=recipes",
                                "--data=folder=" + at("recipes"),
                                "--data=side=32"));
        assertThat(evaluated).isZero();
        assertThat(output.getOut()).contains("\"recallAt1\"");
    }

    private int imported(String... options) {
        List<String> all = new ArrayList<>(List.of("import", "--text-length=6"));
        all.addAll(List.of(options));
        all.addAll(
                List.of(
                        "--image=" + at("image.pt"),
                        "--text=" + at("text.pt"),
                        "--tokenizer=" + at("tokenizer.json"),
                        "--out=" + at("mine")));
        return gimbal(all);
    }

    private int overRecipes(String command, List<String> options) {
        List<String> all = new ArrayList<>(List.of(command, "--encoders=" + at("mine")));
        all.addAll(List.of("--dataset=recipes", "--data=folder=" + at("recipes")));
        all.addAll(options);
        return gimbal(all);
    }

    /// The preset of pairs for a few examples and a moment.
    private Path settings(CapturedOutput output) throws IOException {
        int before = output.getOut().length();
        gimbal(
                List.of(
                        "train",
                        "--print-settings",
                        "--family=rivae",
                        "--dataset=pairs",
                        "--latent=3"));
        return Files.writeString(
                home.resolve("mine.json"),
                output.getOut()
                        .substring(before)
                        .replaceAll("\"batchSize\" : \\d+", "\"batchSize\" : 12")
                        .replaceAll("\"epochs\" : [1-9]\\d*", "\"epochs\" : 1"));
    }

    private String at(String name) {
        return home.resolve(name).toString();
    }

    private static int gimbal(List<String> arguments) {
        return GimbalCommand.execute(_ -> {}, arguments.toArray(String[]::new));
    }
}
