package dev.gimbal.network;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.random.RandomGenerator;

/// The named arrays of a model: all of its mutable state, apart from its configuration; and the
/// modules of imported encoders, which never change.
///
/// Closing frees them. Not thread safe while a trainer writes to them; reading from several threads
/// is safe.
public final class Parameters implements AutoCloseable {
    private final NDManager manager;
    private final Map<String, NDArray> arrays = new LinkedHashMap<>();
    private final Map<String, TorchModule> modules = new LinkedHashMap<>();

    /// Parameters in a child of `parent`, on its device.
    public Parameters(NDManager parent) {
        this.manager = parent.newSubManager();
    }

    /// The array of that name.
    ///
    /// @throws IllegalArgumentException when there is none
    public NDArray get(String name) {
        NDArray array = arrays.get(name);
        if (array == null) {
            throw new IllegalArgumentException("no parameter '" + name + "' in " + arrays.keySet());
        }
        return array;
    }

    /// All names, in order of creation.
    public List<String> names() {
        return List.copyOf(arrays.keySet());
    }

    /// Sets an array, in place when it exists.
    public void set(String name, Shape shape, float[] values) {
        NDArray present = arrays.get(name);
        if (present == null) {
            NDArray array = manager.create(values, shape);
            array.setName(name);
            arrays.put(name, array);
        } else if (present.getShape().equals(shape)) {
            present.set(values);
        } else {
            throw new IllegalArgumentException(
                    "parameter '" + name + "' is " + present.getShape() + ", not " + shape);
        }
    }

    /// The manager that owns the arrays.
    public NDManager manager() {
        return manager;
    }

    /// Loads a module of an imported encoder, on the arrays' device; from now on it is owned here.
    ///
    /// @throws IllegalArgumentException when the bytes are no TorchScript module
    public void load(String name, byte[] module) {
        if (modules.containsKey(name)) {
            throw new IllegalArgumentException("there is a module '" + name + "' already");
        }
        modules.put(name, new TorchModule(module, manager.getDevice()));
    }

    /// Names of the modules.
    public Set<String> moduleNames() {
        return Set.copyOf(modules.keySet());
    }

    /// The module of that name.
    ///
    /// @throws IllegalArgumentException when there is none
    public TorchModule module(String name) {
        TorchModule module = modules.get(name);
        if (module == null) {
            throw new IllegalArgumentException("no module '" + name + "' in " + modules.keySet());
        }
        return module;
    }

    /// Whether there is an array of that name.
    public boolean contains(String name) {
        return arrays.containsKey(name);
    }

    /// Frees an array, when there is one.
    public void remove(String name) {
        NDArray array = arrays.remove(name);
        if (array != null) {
            array.close();
        }
    }

    /// Independent draws from `U(-bound, bound)`.
    void uniform(String name, Shape shape, double bound, RandomGenerator random) {
        float[] values = new float[Math.toIntExact(shape.size())];
        for (int i = 0; i < values.length; i++) {
            values[i] = (float) random.nextDouble(-bound, bound);
        }
        set(name, shape, values);
    }

    /// Whether an array of that name is a statistic of data, such as BatchNorm's, which no gradient
    /// trains.
    public static boolean isStatistic(String name) {
        return name.endsWith(".running_mean") || name.endsWith(".running_var");
    }

    /// Tracks gradients of the chosen arrays, and of no others.
    public void track(Predicate<String> chosen) {
        arrays.forEach((name, array) -> array.setRequiresGradient(chosen.test(name)));
    }

    /// All arrays with their names set; they stay owned by this object.
    public NDList list() {
        return new NDList(arrays.values());
    }

    /// Copies the values of every array out of native memory.
    public Map<String, float[]> snapshot() {
        Map<String, float[]> copy = new LinkedHashMap<>();
        arrays.forEach((name, array) -> copy.put(name, array.toFloatArray()));
        return copy;
    }

    /// Puts values back that [#snapshot()] took.
    public void restore(Map<String, float[]> snapshot) {
        snapshot.forEach((name, values) -> get(name).set(values));
    }

    @Override
    public void close() {
        modules.values().forEach(TorchModule::close);
        manager.close();
    }
}
