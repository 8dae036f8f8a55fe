package dev.gimbal.network;

import ai.djl.Device;
import ai.djl.MalformedModelException;
import ai.djl.Model;
import ai.djl.engine.EngineException;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.training.ParameterStore;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A TorchScript module in native memory: code and weights that somebody else exported.
///
/// Loading hands the bytes to the engine itself; nothing is unpacked on disk. Whoever loads one
/// runs its code, so that must have been allowed before. Closing frees it. Thread safe.
public final class TorchModule implements AutoCloseable {
    private static final Map<String, String> ON_THIS_DEVICE = Map.of("mapLocation", "true");

    private final Model model;

    /// Loads a module.
    ///
    /// @throws IllegalArgumentException when the bytes are none
    public TorchModule(byte[] bytes, Device device) {
        this.model = Model.newInstance("module", device, "PyTorch");
        try {
            model.load(new ByteArrayInputStream(bytes), ON_THIS_DEVICE);
            // the engine makes an empty folder for each
            Files.deleteIfExists(model.getModelPath());
        } catch (IOException | MalformedModelException | EngineException e) {
            model.close();
            throw new IllegalArgumentException(
                    "not a TorchScript module: " + firstLine(e.getMessage()), e);
        }
    }

    /// Runs it in evaluation mode, without gradients.
    ///
    /// @param x `[batch, ...]`
    /// @return what it gives, owned by the input's manager
    /// @throws IllegalArgumentException when it fails, or gives more than one array
    public NDArray forward(NDArray x) {
        try {
            NDList y =
                    model.getBlock()
                            .forward(
                                    new ParameterStore(x.getManager(), false),
                                    new NDList(x),
                                    false);
            if (y.size() != 1) {
                throw new IllegalArgumentException(
                        "the module gives " + y.size() + " arrays, and one is needed");
            }
            return y.head();
        } catch (EngineException e) {
            throw new IllegalArgumentException(
                    "the module failed for an input of "
                            + x.getShape()
                            + ": "
                            + lastLine(e.getMessage()),
                    e);
        }
    }

    private static String firstLine(@Nullable String message) {
        return String.valueOf(message).lines().findFirst().orElse("");
    }

    /// Where the engine says what was wrong, behind its trace.
    private static String lastLine(@Nullable String message) {
        return String.valueOf(message)
                .lines()
                .filter(line -> !line.isBlank())
                .reduce("", (_, last) -> last);
    }

    @Override
    public void close() {
        model.close();
    }
}
