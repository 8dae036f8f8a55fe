package dev.gimbal.training;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import dev.gimbal.dataset.BadInputException;
import dev.gimbal.dataset.Modality;
import dev.gimbal.dataset.MultimodalDataset;
import dev.gimbal.dataset.Shuffle;
import dev.gimbal.dataset.Split;
import dev.gimbal.dataset.Value;
import dev.gimbal.family.Architecture;
import dev.gimbal.network.Rows;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.BiFunction;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;

/// The values of a split in the heap, ready to be cut into batches: by modality, `[example][size]`.
///
/// @param values by modality; an absent one is a row of 0
/// @param presences whether each example carries a modality; only of modalities that some lack
record TrainingData(Map<String, float[][]> values, Map<String, boolean[]> presences) {

    /// Stands for what is absent while a split is read.
    private static final float[] ABSENT = {};

    /// Whole examples.
    public TrainingData(Map<String, float[][]> values) {
        this(values, Map.of());
    }

    /// Every value of a split whose examples carry all modalities, as the architecture reads them.
    ///
    /// @throws IllegalArgumentException when one is absent
    public static TrainingData of(
            MultimodalDataset dataset, Split split, Architecture architecture) {
        TrainingData data = partial(dataset, split, architecture);
        data.presences.forEach((modality, present) -> {
            int absent =
                    IntStream.range(0, present.length)
                            .filter(i -> !present[i])
                            .findFirst()
                            .orElseThrow();
            throw new IllegalArgumentException(
                    "example '%s' has no '%s'"
                            .formatted(dataset.example(split, absent).id(), modality));
        });
        return data;
    }

    /// Every value of a split, as the architecture reads them; any may be absent.
    ///
    /// @throws BadInputException when a modality is absent everywhere
    static TrainingData partial(MultimodalDataset dataset, Split split, Architecture architecture) {
        Map<String, float[][]> values = new LinkedHashMap<>();
        Map<String, boolean[]> presences = new LinkedHashMap<>();
        for (Modality modality : dataset.modalities()) {
            String name = modality.name();
            float[][] rows = read(dataset, split, name, architecture);
            boolean[] present = new boolean[rows.length];
            for (int i = 0; i < rows.length; i++) {
                present[i] = rows[i] != ABSENT;
            }
            OptionalInt any = IntStream.range(0, rows.length).filter(i -> present[i]).findFirst();
            if (any.isEmpty()) {
                throw new BadInputException(
                        "dataset",
                        dataset.name(),
                        "no example of %s has '%s'".formatted(split, name));
            }
            if (Arrays.stream(rows).anyMatch(row -> row == ABSENT)) {
                float[] zeros = new float[rows[any.getAsInt()].length];
                Arrays.setAll(rows, i -> present[i] ? rows[i] : zeros);
                presences.put(name, present);
            }
            values.put(name, rows);
        }
        return new TrainingData(values, presences);
    }

    /// One row for each example; a value that is in several examples is read, and kept, once.
    private static float[][] read(
            MultimodalDataset dataset, Split split, String modality, Architecture architecture) {
        int[] index =
                IntStream.range(0, dataset.size(split))
                        .map(i -> dataset.valueIndex(split, i, modality))
                        .toArray();
        int[] carrier = new int[dataset.distinctValues(split, modality)];
        Arrays.fill(carrier, -1);
        for (int i = 0; i < index.length; i++) {
            carrier[index[i]] = i;
        }
        float[][] distinct =
                Arrays.stream(carrier)
                        .parallel()
                        .mapToObj(i -> {
                            Value value = i < 0 ? null : dataset.value(split, i, modality);
                            return value == null ? ABSENT : architecture.read(modality, value);
                        })
                        .toArray(float[][]::new);
        return Arrays.stream(index).mapToObj(i -> distinct[i]).toArray(float[][]::new);
    }

    /// The same examples, of which every modality but the first is dealt out anew within classes:
    /// any value goes with any other of its class.
    ///
    /// @param classes of each position; empty leaves the pairs as they are
    TrainingData dealt(int[] classes, RandomGenerator random) {
        if (classes.length == 0) {
            return this;
        }
        Map<String, float[][]> dealt = new LinkedHashMap<>();
        Map<String, boolean[]> present = new LinkedHashMap<>();
        for (Map.Entry<String, float[][]> entry : values.entrySet()) {
            int[] from = dealt.isEmpty() ? identity(classes.length) : within(classes, random);
            float[][] rows = entry.getValue();
            dealt.put(
                    entry.getKey(),
                    Arrays.stream(from).mapToObj(i -> rows[i]).toArray(float[][]::new));
            boolean[] own = presences.get(entry.getKey());
            if (own != null) {
                boolean[] moved = new boolean[own.length];
                for (int i = 0; i < moved.length; i++) {
                    moved[i] = own[from[i]];
                }
                present.put(entry.getKey(), moved);
            }
        }
        return new TrainingData(dealt, present);
    }

    private static int[] identity(int n) {
        return IntStream.range(0, n).toArray();
    }

    /// A permutation that keeps every class where it is.
    private static int[] within(int[] classes, RandomGenerator random) {
        Map<Integer, List<Integer>> members = new TreeMap<>();
        for (int i = 0; i < classes.length; i++) {
            members.computeIfAbsent(classes[i], _ -> new ArrayList<>()).add(i);
        }
        int[] from = new int[classes.length];
        for (List<Integer> places : members.values()) {
            int[] order = Shuffle.of(places.size(), random);
            for (int i = 0; i < order.length; i++) {
                from[places.get(i)] = places.get(order[i]);
            }
        }
        return from;
    }

    /// The rows of one modality.
    ///
    /// @throws IllegalArgumentException when there are none
    public float[][] rows(String modality) {
        float[][] rows = values.get(modality);
        if (rows == null) {
            throw new IllegalArgumentException(
                    "no values of '" + modality + "', only of " + values.keySet());
        }
        return rows;
    }

    /// The rows of one modality that are not absent.
    float[][] present(String modality) {
        float[][] rows = rows(modality);
        boolean[] present = presences.get(modality);
        return present == null
                ? rows
                : IntStream.range(0, rows.length)
                        .filter(i -> present[i])
                        .mapToObj(i -> rows[i])
                        .toArray(float[][]::new);
    }

    /// The same data with more columns.
    public TrainingData with(String name, float[][] rows) {
        Map<String, float[][]> more = new LinkedHashMap<>(values);
        more.put(name, rows);
        return new TrainingData(more, presences);
    }

    /// Number of examples.
    public int size() {
        return values.values().iterator().next().length;
    }

    /// The rows at these positions, `[positions, size]`, owned by `manager`.
    private Map<String, NDArray> batch(NDManager manager, int[] positions, int from, int to) {
        Map<String, NDArray> batch = new LinkedHashMap<>();
        values.forEach((modality, rows) -> {
            int width = rows[0].length;
            float[] flat = new float[(to - from) * width];
            for (int i = from; i < to; i++) {
                System.arraycopy(rows[positions[i]], 0, flat, (i - from) * width, width);
            }
            batch.put(modality, manager.create(flat, new Shape(to - from, width)));
        });
        return batch;
    }

    /// The examples at these positions as a batch whose arrays `manager` owns.
    Batch batch(
            NDManager manager,
            int[] positions,
            int from,
            int to,
            RandomGenerator random,
            double progress) {
        Map<String, NDArray> observed = new LinkedHashMap<>();
        presences.forEach((modality, present) -> {
            float[] column = new float[to - from];
            for (int i = from; i < to; i++) {
                column[i - from] = present[positions[i]] ? 1 : 0;
            }
            observed.put(modality, manager.create(column, new Shape(to - from, 1)));
        });
        return new Batch(manager, batch(manager, positions, from, to), observed, random, progress);
    }

    /// Applies a function of native arrays to every row, chunk by chunk.
    ///
    /// @param function `(modality, [chunk, size]) -> [chunk, k]`
    public TrainingData map(NDManager manager, BiFunction<String, NDArray, NDArray> function) {
        return map(manager, values.keySet(), function);
    }

    /// The same for some modalities only; the others' rows stay as they are.
    TrainingData map(
            NDManager manager,
            Set<String> modalities,
            BiFunction<String, NDArray, NDArray> function) {
        Map<String, float[][]> mapped = new LinkedHashMap<>(values);
        mapped.replaceAll((modality, rows) ->
                modalities.contains(modality)
                        ? Rows.map(manager, rows, x -> function.apply(modality, x))
                        : rows);
        return new TrainingData(mapped, presences);
    }
}
