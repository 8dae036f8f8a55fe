package dev.gimbal.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import dev.gimbal.network.Parameters;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CheckpointTest {
    @AutoClose private final NDManager manager = NDManager.newBaseManager();
    @AutoClose private final Adam adam = new Adam(manager);
    private final Parameters weights = new Parameters(manager);

    @TempDir private Path folder;

    CheckpointTest() {
        weights.set("a", new Shape(2), new float[] {1, 2});
        adam.update("a", weights.get("a"), manager.create(new float[] {1, -1}), 0.1);
    }

    @Test
    void allStateComesBack() throws IOException {
        float[] values = weights.get("a").toFloatArray();
        Map<String, float[]> moments = adam.moments().snapshot();
        Checkpoint.write(folder, state(3), weights, adam, Map.of("a", new float[] {7, 8}));
        Parameters others = new Parameters(manager);

        try (Adam fresh = new Adam(manager)) {
            Checkpoint read = Checkpoint.read(folder).orElseThrow();
            Map<String, float[]> best = read.restore(folder, manager, others, fresh);

            assertThat(read.epoch()).isEqualTo(3);
            assertThat(read.bestScore()).isEqualTo(Double.NEGATIVE_INFINITY);
            assertThat(read.history()).isEqualTo(state(3).history());
            assertThat(others.get("a").toFloatArray()).containsExactly(values);
            assertThat(best.get("a")).containsExactly(7, 8);
            assertThat(fresh.steps()).isEqualTo(adam.steps());
            moments.forEach((name, expected) ->
                    assertThat(fresh.moments().get(name).toFloatArray()).containsExactly(expected));
        }
    }

    @Test
    void onlyTheLastOneIsKept() throws IOException {
        Checkpoint.write(folder, state(1), weights, adam, Map.of());
        Checkpoint.write(folder, state(2), weights, adam, Map.of());

        try (var files = Files.list(folder)) {
            assertThat(files.map(file -> file.getFileName().toString()))
                    .containsExactlyInAnyOrder("checkpoint.json", "checkpoint-2.safetensors");
        }
    }

    @Test
    void anEmptyFolderHasNone() throws IOException {
        assertThat(Checkpoint.read(folder)).isEmpty();
    }

    @Test
    void damagedArraysAreRefused() throws IOException {
        Checkpoint.write(folder, state(1), weights, adam, Map.of());
        Path arrays = folder.resolve("checkpoint-1.safetensors");
        byte[] bytes = Files.readAllBytes(arrays);
        bytes[bytes.length - 1] ^= 1;
        Files.write(arrays, bytes);
        Checkpoint read = Checkpoint.read(folder).orElseThrow();

        assertThatThrownBy(() -> read.restore(folder, manager, weights, adam))
                .isInstanceOf(TrainingFailedException.class)
                .hasMessageContaining("damaged");
    }

    @Test
    void aStateThatEndsEarlyIsRefusedByName() throws IOException {
        Checkpoint.write(folder, state(1), weights, adam, Map.of());
        Path file = folder.resolve("checkpoint.json");
        String whole = Files.readString(file);
        Files.writeString(file, whole.substring(0, whole.length() / 2));

        assertThatThrownBy(() -> Checkpoint.read(folder))
                .isInstanceOf(TrainingFailedException.class)
                .hasMessageContainingAll("checkpoint.json", "damaged");
    }

    private static Checkpoint state(int epoch) {
        return new Checkpoint(
                epoch,
                "configuration",
                Map.of(),
                0,
                Double.NEGATIVE_INFINITY,
                1.5,
                List.of(new EpochRecord(1, "heads", Map.of("loss", 0.25), Map.of())),
                "",
                "");
    }
}
