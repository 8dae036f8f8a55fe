package dev.gimbal.training;

import dev.gimbal.dataset.Example;
import dev.gimbal.dataset.FactorTable;
import dev.gimbal.dataset.Modality;
import dev.gimbal.dataset.MultimodalDataset;
import dev.gimbal.dataset.Split;
import dev.gimbal.dataset.Value;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// [SmallPairs] with a third modality: `x3` holds the sines of two factors' multiples, in 4
/// entries.
///
/// @param partial whether three of four training examples lack a modality: the one at position p
///   lacks `x1`, `x2` or `x3` as `p mod 4` is 1, 2 or 3
record SmallTriples(boolean partial) implements MultimodalDataset {
    static final SmallTriples WHOLE = new SmallTriples(false);
    static final SmallTriples PARTIAL = new SmallTriples(true);

    @Override
    public String name() {
        return "small-triples";
    }

    @Override
    public List<Modality> modalities() {
        return List.of(
                Modality.vector("x1", 6), Modality.vector("x2", 5), Modality.vector("x3", 4));
    }

    @Override
    public int size(Split split) {
        return SmallPairs.CLEAN.size(split);
    }

    @Override
    public Example example(Split split, int position) {
        float[] f = factors(split).values()[position];
        float[] x3 = new float[4];
        for (int i = 0; i < x3.length; i++) {
            x3[i] = (float) Math.sin((i + 1) * f[i % 2]);
        }
        Example pair = SmallPairs.CLEAN.example(split, position);
        Map<String, Value> values = new TreeMap<>(pair.values());
        values.put("x3", Value.of(x3));
        if (partial && split == Split.TRAIN) {
            values.remove("x" + position % 4);
        }
        return new Example(pair.id(), values);
    }

    @Override
    public FactorTable factors(Split split) {
        return SmallPairs.CLEAN.factors(split);
    }

    @Override
    public String fingerprint() {
        return "small-triples " + partial;
    }
}
