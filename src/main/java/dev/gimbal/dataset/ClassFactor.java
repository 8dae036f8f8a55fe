package dev.gimbal.dataset;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.TreeSet;

/// A true factor whose values are classes, such as the digit of a picture. Metrics and oracles read
/// it.
///
/// @param name of the column of true factors
/// @param classes its values as names, in ascending order
public record ClassFactor(String name, List<String> classes) {
    public ClassFactor {
        classes = List.copyOf(classes);
    }

    /// The factor with the values that it has in the training split.
    ///
    /// @throws BadInputException when the data have no such factor, or it has fewer than two values
    public static ClassFactor of(MultimodalDataset dataset, String name) {
        FactorTable factors = dataset.factors(Split.TRAIN);
        int column = column(factors, name);
        TreeSet<Float> found = new TreeSet<>();
        for (float[] row : factors.values()) {
            found.add(row[column]);
        }
        if (found.size() < 2) {
            throw new BadInputException(
                    "factor", name, "has %d values, classes need two".formatted(found.size()));
        }
        return new ClassFactor(name, found.stream().map(ClassFactor::title).toList());
    }

    /// The class of each example of a split, a position in [#classes()]; -1 for a value that is not
    /// among them.
    ///
    /// @throws BadInputException when the data have no such factor
    public int[] labels(FactorTable factors) {
        int column = column(factors, name);
        return Arrays.stream(factors.values())
                .mapToInt(row -> classes.indexOf(title(row[column])))
                .toArray();
    }

    private static int column(FactorTable factors, String name) {
        int column = factors.names().indexOf(name);
        if (column < 0) {
            throw new BadInputException(
                    "factor", name, "is no factor of the data, only " + factors.names());
        }
        return column;
    }

    /// The name of a factor's value: `3` rather than `3.0`.
    private static String title(float value) {
        return value == Math.rint(value)
                ? String.format(Locale.ROOT, "%.0f", value)
                : Float.toString(value);
    }
}
