package dev.gimbal.traversal;

import dev.gimbal.bundle.Factor;
import dev.gimbal.retrieval.Anchor;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/// What one column of a traversal turns: a factor, or several at once by weight.
///
/// @param factor its position; `null` for several
/// @param weights by position; 1 for a single factor
record Knob(@Nullable Integer factor, String name, Map<Integer, Double> weights) {

    /// One step of a knob.
    ///
    /// @param deviations how far from the aggregated means, before weights
    /// @param value of the factor, or the deviations where there are several
    /// @param point the moved z
    record Position(double deviations, double value, float[] point) {}

    /// The knobs of a sweep; every factor when it names none.
    static List<Knob> of(Anchor.Latent anchor, Sweep sweep) {
        List<Knob> knobs = new ArrayList<>();
        if (sweep.factors().isEmpty() && sweep.combined().isEmpty()) {
            IntStream.range(0, anchor.space().factors().size())
                    .mapToObj(j -> single(anchor, j))
                    .forEach(knobs::add);
        }
        for (int i = 0; i < sweep.factors().size(); i++) {
            knobs.add(single(anchor, anchor.factor(sweep.factors().get(i), "factors[" + i + "]")));
        }
        for (int i = 0; i < sweep.combined().size(); i++) {
            CombinedFactor combined = sweep.combined().get(i);
            knobs.add(
                    new Knob(
                            null,
                            combined.name(),
                            combined.positions(anchor, "combined[" + i + "]")));
        }
        return knobs;
    }

    private static Knob single(Anchor.Latent anchor, int j) {
        return new Knob(j, anchor.space().factors().get(j).name(), Map.of(j, 1.0));
    }

    /// Where each step brings z: factor j goes to `mean_j + w_j (value_j - mean_j)`, with value_j
    /// that of its own sweep; the others stay.
    ///
    /// @param z where all of them stand before
    List<Position> positions(float[] z, Anchor.Latent anchor, Sweep sweep) {
        Map<Integer, double[]> values = new TreeMap<>();
        weights.keySet().forEach(j -> values.put(j, sweep.values(anchor.space().factors().get(j))));
        List<Position> positions = new ArrayList<>();
        for (int step = 0; step < sweep.steps(); step++) {
            positions.add(position(z, anchor, values, step));
        }
        return positions;
    }

    private Position position(
            float[] start, Anchor.Latent anchor, Map<Integer, double[]> values, int step) {
        float[] z = start.clone();
        double deviations = 0;
        double last = 0;
        for (Map.Entry<Integer, double[]> entry : values.entrySet()) {
            int j = entry.getKey();
            Factor of = anchor.space().factors().get(j);
            double value = entry.getValue()[step];
            double weight = weights.getOrDefault(j, 0.0);
            last = weight == 1 ? value : of.mean() + weight * (value - of.mean());
            z[j] = (float) last;
            deviations += of.deviations(value) / values.size();
        }
        return new Position(deviations, factor == null ? deviations : last, z);
    }
}
