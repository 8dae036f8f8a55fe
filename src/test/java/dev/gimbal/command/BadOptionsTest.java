package dev.gimbal.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gimbal.bundle.Json;
import dev.gimbal.family.Family;
import dev.gimbal.training.PairedSettings;
import dev.gimbal.training.Presets;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

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

    @Test
    void ofAFile(@TempDir Path folder) {
        Path none = folder.resolve("nope.jpg");
        assertRefused(
                "image (" + none + "): does not exist",
                "query",
                "--collection=c",
                "--image=" + none);
        assertRefused(
                "items (" + folder + "): is a folder, where a file is needed",
                "ingest",
                "--collection=c",
                folder.toString());
    }

    @Test
    void ofATrainingBeforeItCostsAnything(@TempDir Path folder) throws IOException {
        assertRefused(
                "name (Menu search): must be 1 to 100 letters, digits, '.', '_' or '-'",
                train(folder, "rivae", "synth", "--name=Menu search"));
        assertRefused(
                "weights (none): a trunk that stays frozen for 10 epochs must have learned something before: --weights image=FILE, or the setting embedders.frozen 0",
                train(folder, "rivae", "recipe1m", "--data=folder=nowhere"));

        Files.createDirectories(folder.resolve("chart-0"));
        Files.writeString(folder.resolve("chart-0").resolve("checkpoint.json"), "{}");
        assertRefused(
                "out (%s): holds a training: --resume goes on with it, --overwrite starts anew"
                        .formatted(folder),
                train(folder, "rivae", "synth"));
    }

    /// A file of settings names weights as well as the option does.
    @Test
    void notOfWeightsThatSettingsName(@TempDir Path folder) throws IOException {
        PairedSettings settings =
                ((PairedSettings) Presets.of(Family.RIVAE, "recipe1m"))
                        .startingFrom(Map.of("image", "resnet50.safetensors"));
        Path file = folder.resolve("mine.json");
        Files.writeString(file, Json.MAPPER.writeValueAsString(settings));

        GimbalCommand.execute(
                _ -> {},
                train(
                        folder.resolve("run"),
                        "rivae",
                        "recipe1m",
                        "--data=folder=nowhere",
                        "--settings=" + file));

        assertThat(printed.toString(StandardCharsets.UTF_8))
                .contains("nowhere")
                .doesNotContain("weights (none)");
    }

    private static String[] train(Path out, String family, String dataset, String... more) {
        List<String> all =
                new ArrayList<>(
                        List.of(
                                "train",
                                "--family=" + family,
                                "--dataset=" + dataset,
                                "--out=" + out));
        all.addAll(List.of(more));
        return all.toArray(String[]::new);
    }

    private void assertRefused(String message, String... arguments) {
        printed.reset();

        assertThat(GimbalCommand.execute(_ -> {}, arguments)).isEqualTo(2);
        assertThat(printed.toString(StandardCharsets.UTF_8).strip()).isEqualTo(message);
    }
}
