package dev.gimbal.training;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import dev.gimbal.bundle.Json;
import dev.gimbal.bundle.ModelBundle;
import dev.gimbal.bundle.Safetensors;
import dev.gimbal.network.Parameters;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import tools.jackson.core.JacksonException;

/// Everything from which a training goes on: weights, optimiser moments, best weights so far, and
/// history. It is whole or absent at any moment: the state file names its arrays' file and hash,
/// and is moved into place last.
///
/// @param epoch epochs done
/// @param configuration hash of settings, seed and data; another configuration does not resume from
///   it
/// @param adamSteps updates that each parameter has had
/// @param bestEpoch epoch of the best weights, 0 when there are none yet
/// @param seconds of training so far
record Checkpoint(
        int epoch,
        String configuration,
        Map<String, Integer> adamSteps,
        int bestEpoch,
        double bestScore,
        double seconds,
        List<EpochRecord> history,
        String arraysFile,
        String arraysSha256) {
    private static final String STATE = "checkpoint.json";
    private static final String BEST = "best.";

    /// Arrays as the state file names them.
    private static String arraysFile(int epoch) {
        return "checkpoint-" + epoch + ".safetensors";
    }

    static Checkpoint write(
            Path folder, Checkpoint state, Parameters weights, Adam adam, Map<String, float[]> best)
            throws IOException {
        Files.createDirectories(folder);
        byte[] arrays;
        try (Parameters kept = new Parameters(weights.manager())) {
            best.forEach(
                    (name, values) -> kept.set(BEST + name, weights.get(name).getShape(), values));
            NDList all = weights.list();
            all.addAll(adam.moments().list());
            all.addAll(kept.list());
            arrays = Safetensors.encode(all);
        }
        Checkpoint written =
                new Checkpoint(
                        state.epoch,
                        state.configuration,
                        adam.steps(),
                        state.bestEpoch,
                        state.bestScore,
                        state.seconds,
                        state.history,
                        arraysFile(state.epoch),
                        ModelBundle.sha256(arrays));
        Files.write(folder.resolve(written.arraysFile), arrays);
        Path temporary = folder.resolve(STATE + ".tmp");
        Files.writeString(temporary, Json.MAPPER.writeValueAsString(written));
        Files.move(
                temporary,
                folder.resolve(STATE),
                StandardCopyOption.ATOMIC_MOVE,
                StandardCopyOption.REPLACE_EXISTING);
        deleteOthers(folder, written.arraysFile);
        return written;
    }

    private static void deleteOthers(Path folder, String kept) throws IOException {
        try (var files = Files.newDirectoryStream(folder, "checkpoint-*.safetensors")) {
            for (Path file : files) {
                if (!file.getFileName().toString().equals(kept)) {
                    Files.delete(file);
                }
            }
        }
    }

    /// Whether a folder has a state.
    static boolean isIn(Path folder) {
        return Files.exists(folder.resolve(STATE));
    }

    /// Reads the state of a folder, when it has one.
    ///
    /// @throws TrainingFailedException when it is damaged
    static Optional<Checkpoint> read(Path folder) throws IOException {
        Path state = folder.resolve(STATE);
        if (!Files.exists(state)) {
            return Optional.empty();
        }
        try {
            return Optional.of(Json.MAPPER.readValue(Files.readString(state), Checkpoint.class));
        } catch (JacksonException e) {
            throw new TrainingFailedException(
                    "checkpoint '" + state + "' is damaged: " + e.getOriginalMessage());
        }
    }

    /// Puts the arrays back.
    ///
    /// @return the best weights so far
    Map<String, float[]> restore(Path folder, NDManager manager, Parameters weights, Adam adam)
            throws IOException {
        byte[] bytes = Files.readAllBytes(folder.resolve(arraysFile));
        if (!ModelBundle.sha256(bytes).equals(arraysSha256)) {
            throw new TrainingFailedException(
                    "checkpoint '" + folder.resolve(arraysFile) + "' is damaged");
        }
        Map<String, float[]> best = new TreeMap<>();
        try (Parameters arrays = Safetensors.decode(manager, bytes)) {
            for (String name : arrays.names()) {
                NDArray array = arrays.get(name);
                Shape shape = array.getShape();
                if (name.startsWith(BEST)) {
                    best.put(name.substring(BEST.length()), array.toFloatArray());
                } else if (name.startsWith("adam.")) {
                    adam.moments().set(name, shape, array.toFloatArray());
                } else {
                    weights.set(name, shape, array.toFloatArray());
                }
            }
        }
        adam.steps().putAll(adamSteps);
        return best;
    }
}
