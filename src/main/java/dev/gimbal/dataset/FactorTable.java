package dev.gimbal.dataset;

import java.util.List;

/// The true factors of a split's examples. Metrics read them; of training only what is told to: an
/// alignment by Procrustes a few, a matching loss by classes one factor, an oracle's training too.
///
/// @param names one name for each factor; empty when the data have none
/// @param values `[example][factor]`
public record FactorTable(List<String> names, float[][] values) {

    /// A table without factors.
    public static final FactorTable NONE = new FactorTable(List.of(), new float[0][]);

    public FactorTable {
        names = List.copyOf(names);
        for (float[] row : values) {
            if (row.length != names.size()) {
                throw new IllegalArgumentException(
                        "a row has " + row.length + " factors, expected " + names.size());
            }
        }
    }

    /// Whether there is nothing to measure against.
    public boolean isEmpty() {
        return names.isEmpty();
    }
}
