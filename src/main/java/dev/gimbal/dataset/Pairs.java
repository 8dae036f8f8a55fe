package dev.gimbal.dataset;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.random.RandomGeneratorFactory;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// A user's own pairs: two matrices whose rows belong together, read into memory, shuffled by a
/// seed and split by shares.
final class Pairs implements MultimodalDataset {
    private final float[][] x1;
    private final float[][] x2;
    private final List<String> ids;
    private final FactorTable factors;
    private final int[] order;
    private final int validation;
    private final int test;
    private final String fingerprint;

    /// Reads the files.
    ///
    /// @throws BadInputException naming the file, and where it applies the row, when one is
    ///   missing, malformed or of another number of rows, a number is not finite, or an id is blank
    ///   or occurs twice
    public Pairs(PairFiles files, long seed) {
        x1 = MatrixFile.read(files.x1(), "x1");
        x2 = MatrixFile.read(files.x2(), "x2");
        requireRows(files.x2(), x2.length);
        ids = readIds(files.ids());
        factors = files.factors() == null ? FactorTable.NONE : FactorFile.read(files.factors());
        if (files.factors() != null) {
            requireRows(files.factors(), factors.values().length);
        }
        validation = (int) Math.round(files.validation() * x1.length);
        test = (int) Math.round(files.test() * x1.length);
        if (validation < 1 || test < 1 || validation + test >= x1.length) {
            throw new BadInputException(
                    "file", files.x1(), x1.length + " rows are too few for three splits");
        }
        order = Shuffle.of(x1.length, RandomGeneratorFactory.of("L64X128MixRandom").create(seed));
        fingerprint = hash(files, seed);
    }

    private void requireRows(Path file, int rows) {
        if (rows != x1.length) {
            throw new BadInputException(
                    "file", file, "has %d rows, x1 has %d".formatted(rows, x1.length));
        }
    }

    private List<String> readIds(@Nullable Path file) {
        if (file == null) {
            return IntStream.range(0, x1.length).mapToObj("row-%d"::formatted).toList();
        }
        List<String> lines = TextFile.lines("file", file);
        requireRows(file, lines.size());
        Map<String, Integer> seen = new HashMap<>();
        for (int i = 0; i < lines.size(); i++) {
            Integer before = seen.put(lines.get(i), i);
            if (lines.get(i).isBlank() || before != null) {
                throw new BadInputException(
                        "file",
                        file,
                        before == null
                                ? "line %d is blank".formatted(i + 1)
                                : "line %d repeats the id '%s' of line %d"
                                        .formatted(i + 1, lines.get(i), before + 1));
            }
        }
        return List.copyOf(lines);
    }

    private static String hash(PairFiles files, long seed) {
        ContentHash hash = new ContentHash();
        hash.add("pairs/1 seed=%d %s %s".formatted(seed, files.validation(), files.test()));
        Stream.of(files.x1(), files.x2(), files.ids(), files.factors())
                .filter(Objects::nonNull)
                .forEach(hash::add);
        return hash.hex();
    }

    @Override
    public String name() {
        return "pairs";
    }

    @Override
    public List<Modality> modalities() {
        return List.of(Modality.vector("x1", x1[0].length), Modality.vector("x2", x2[0].length));
    }

    @Override
    public int size(Split split) {
        return switch (split) {
            case TRAIN -> order.length - validation - test;
            case VALIDATION -> validation;
            case TEST -> test;
        };
    }

    @Override
    public Example example(Split split, int position) {
        int row = order[first(split) + Objects.checkIndex(position, size(split))];
        return new Example(ids.get(row), Map.of("x1", Value.of(x1[row]), "x2", Value.of(x2[row])));
    }

    @Override
    public FactorTable factors(Split split) {
        if (factors.isEmpty()) {
            return FactorTable.NONE;
        }
        int first = first(split);
        return new FactorTable(
                factors.names(),
                Arrays.stream(order, first, first + size(split))
                        .mapToObj(row -> factors.values()[row])
                        .toArray(float[][]::new));
    }

    private int first(Split split) {
        return switch (split) {
            case TRAIN -> validation + test;
            case VALIDATION -> 0;
            case TEST -> validation;
        };
    }

    @Override
    public String fingerprint() {
        return fingerprint;
    }
}
