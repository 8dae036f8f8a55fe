package dev.gimbal.benchmark;

import dev.gimbal.dataset.MultimodalDataset;
import dev.gimbal.dataset.Split;
import dev.gimbal.dataset.Value;
import java.util.AbstractList;
import java.util.List;

/// The values of a split, each made when it is asked for: tens of thousands of pictures would not
/// fit.
final class SplitValues {
    private SplitValues() {}

    static List<Value> of(MultimodalDataset dataset, Split split, String modality) {
        return new AbstractList<>() {
            @Override
            public Value get(int position) {
                Value value = dataset.value(split, position, modality);
                if (value == null) {
                    throw new IllegalArgumentException(
                            "example '%s' has no '%s'; benchmarks need whole pairs"
                                    .formatted(dataset.example(split, position).id(), modality));
                }
                return value;
            }

            @Override
            public int size() {
                return dataset.size(split);
            }
        };
    }
}
