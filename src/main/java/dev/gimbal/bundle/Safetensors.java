package dev.gimbal.bundle;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import dev.gimbal.network.Parameters;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Objects;

/// Named arrays as safetensors: no pickle, no code on load, readable from Python.
public final class Safetensors {
    private static final int HEADER = Long.BYTES;

    private Safetensors() {}

    /// The file's bytes for these arrays, which keep their names.
    public static byte[] encode(NDList arrays) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try {
            arrays.encode(bytes, NDList.Encoding.SAFETENSORS);
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
        return bytes.toByteArray();
    }

    /// Reads every array of a file into parameters owned by a child of `manager`.
    ///
    /// @throws BundleException when the bytes are no such file
    public static Parameters decode(NDManager manager, byte[] bytes) {
        // the engine's reader takes other formats too, archives among them
        if (bytes.length <= HEADER || bytes[HEADER] != '{') {
            throw new BundleException("the weights are not readable: they are no safetensors");
        }
        Parameters parameters = new Parameters(manager);
        try (NDManager scratch = manager.newSubManager()) {
            for (NDArray array : NDList.decode(scratch, bytes)) {
                String name = Objects.requireNonNull(array.getName());
                parameters.set(name, array.getShape(), array.toFloatArray());
            }
            return parameters;
        } catch (RuntimeException e) {
            parameters.close();
            throw new BundleException("the weights are not readable: " + e.getMessage(), e);
        }
    }
}
