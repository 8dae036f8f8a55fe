package dev.gimbal.bundle;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import dev.gimbal.network.Parameters;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;

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

    /// The same with the modules of imported encoders, which travel as arrays of bytes.
    ///
    /// @param modules by name
    public static byte[] encode(NDManager manager, NDList arrays, Map<String, byte[]> modules) {
        try (NDManager scratch = manager.newSubManager()) {
            NDList all = new NDList(arrays);
            modules.forEach((name, bytes) -> {
                NDArray module =
                        scratch.create(
                                ByteBuffer.wrap(bytes), new Shape(bytes.length), DataType.UINT8);
                module.setName(name);
                all.add(module);
            });
            return encode(all);
        }
    }

    /// The modules of a file, by name.
    ///
    /// @throws BundleException when the bytes are no such file
    public static Map<String, byte[]> modules(NDManager manager, byte[] bytes) {
        Map<String, byte[]> modules = new TreeMap<>();
        read(
                manager,
                bytes,
                array -> {
                    if (array.getDataType() == DataType.UINT8) {
                        modules.put(Objects.requireNonNull(array.getName()), array.toByteArray());
                    }
                });
        return modules;
    }

    /// Reads every array of a file into parameters owned by a child of `manager`.
    ///
    /// @throws BundleException when the bytes are no such file, or hold a module
    public static Parameters decode(NDManager manager, byte[] bytes) {
        return decode(manager, bytes, Set.of());
    }

    /// The same for a file with these modules, which are loaded: their code may then run.
    ///
    /// @throws BundleException when the bytes are no such file, or hold another module
    static Parameters decode(NDManager manager, byte[] bytes, Set<String> modules) {
        Parameters parameters = new Parameters(manager);
        try {
            read(
                    manager,
                    bytes,
                    array -> {
                        String name = Objects.requireNonNull(array.getName());
                        if (array.getDataType() != DataType.UINT8) {
                            parameters.set(name, array.getShape(), array.toFloatArray());
                        } else if (modules.contains(name)) {
                            parameters.load(name, array.toByteArray());
                        } else {
                            throw new BundleException(
                                    "'" + name + "' is code that nobody asked for");
                        }
                    });
            return parameters;
        } catch (RuntimeException e) {
            parameters.close();
            throw e;
        }
    }

    private static void read(NDManager manager, byte[] bytes, Consumer<NDArray> reader) {
        // the engine's reader takes other formats too, archives among them
        if (bytes.length <= HEADER || bytes[HEADER] != '{') {
            throw new BundleException("the weights are not readable: they are no safetensors");
        }
        try (NDManager scratch = manager.newSubManager()) {
            NDList.decode(scratch, bytes).forEach(reader);
        } catch (RuntimeException e) {
            throw new BundleException("the weights are not readable: " + e.getMessage(), e);
        }
    }
}
