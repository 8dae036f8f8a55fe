package dev.gimbal.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gimbal.dataset.DrawnRecipes;
import dev.gimbal.web.Service;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.logging.LogLevel;
import org.springframework.boot.logging.LoggingSystem;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import tools.jackson.databind.JsonNode;

/// README's way from a folder of photographs and recipes to hits, as it is typed: train, install,
/// ingest, query.
@ExtendWith(OutputCaptureExtension.class)
class FromFolderToHitsTest {
    @TempDir private static Path home;

    private static Path folder;

    @BeforeAll
    static void trainInstallAndIngest() throws IOException {
        folder = DrawnRecipes.write(home.resolve("recipes"), 120, 1);
        String data = "folder=" + folder;
        String run = home.resolve("run").toString();
        // drawn dishes are of twelve kinds: z has eleven directions at most, and fewer have names
        assertThat(
                        gimbal(
                                "train",
                                "--family",
                                "rivae",
                                "--dataset",
                                "recipes",
                                "--data",
                                data,
                                "--name",
                                "drawn-rivae",
                                "--latent",
                                "8",
                                "--out",
                                run))
                .isZero();
        assertThat(remote("install", run + "/bundle")).isZero();
        assertThat(
                        remote(
                                "ingest",
                                "--collection",
                                "drawn",
                                "--model",
                                "drawn-rivae",
                                "--dataset",
                                "recipes",
                                "--data",
                                data))
                .isZero();
    }

    /// Commands turn the log off, which is the whole process's.
    @AfterAll
    static void logAgain() {
        LoggingSystem.get(FromFolderToHitsTest.class.getClassLoader())
                .setLogLevel(LoggingSystem.ROOT_LOGGER_NAME, LogLevel.INFO);
    }

    private static int gimbal(String... arguments) {
        return GimbalCommand.execute(_ -> {}, arguments);
    }

    private static int remote(String... arguments) {
        String[] all = java.util.Arrays.copyOf(arguments, arguments.length + 2);
        all[arguments.length] = "--url";
        all[arguments.length + 1] = Service.shared().url();
        return gimbal(all);
    }

    private static JsonNode answer(CapturedOutput output, String... query) {
        int before = output.getOut().length();
        assertThat(remote(query)).isZero();
        return RemoteService.JSON.readTree(output.getOut().substring(before));
    }

    @Test
    void aSentenceFindsPictures(CapturedOutput output) {
        JsonNode answer =
                answer(output, "query", "--collection", "drawn", "--text", "Striped tomato");

        assertThat(answer.get("target").stringValue()).isEqualTo("image");
        assertThat(answer.get("hits").get(0).get("attributes").get("title").stringValue())
                .contains("tomato");
    }

    @Test
    void aPhotographThatTrainingNeverSawFindsItsKindOfRecipe(CapturedOutput output)
            throws IOException {
        String test =
                Files.readAllLines(folder.resolve("recipes.tsv")).stream()
                        .filter(line -> line.split("\t")[1].equals("test"))
                        .findFirst()
                        .orElseThrow();
        Path image = folder.resolve("images").resolve(test.split("\t")[0] + ".png");

        JsonNode answer =
                answer(output, "query", "--collection", "drawn", "--image", image.toString());

        assertThat(answer.get("target").stringValue()).isEqualTo("recipe");
        assertThat(answer.get("hits").get(0).get("attributes").get("title").stringValue())
                .isEqualTo(test.split("\t")[2]);
    }
}
