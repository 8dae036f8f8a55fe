package dev.gimbal.training;

import dev.gimbal.dataset.Example;
import dev.gimbal.dataset.FactorTable;
import dev.gimbal.dataset.Modality;
import dev.gimbal.dataset.MultimodalDataset;
import dev.gimbal.dataset.Split;
import dev.gimbal.dataset.Value;
import java.util.List;
import java.util.Map;

/// [SmallPairs] of which only one training example in so many carries `x2`.
///
/// @param every how many
record HalfAbsent(int every) implements MultimodalDataset {

    @Override
    public String name() {
        return "half-absent";
    }

    @Override
    public List<Modality> modalities() {
        return SmallPairs.CLEAN.modalities();
    }

    @Override
    public int size(Split split) {
        return SmallPairs.CLEAN.size(split);
    }

    @Override
    public Example example(Split split, int position) {
        Example whole = SmallPairs.CLEAN.example(split, position);
        if (split != Split.TRAIN || position % every == 0) {
            return whole;
        }
        Value x1 = java.util.Objects.requireNonNull(whole.values().get("x1"));
        return new Example(whole.id(), Map.of("x1", x1));
    }

    @Override
    public FactorTable factors(Split split) {
        return FactorTable.NONE;
    }

    @Override
    public String fingerprint() {
        return "half-absent-" + every;
    }
}
