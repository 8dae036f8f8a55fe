package dev.gimbal.training;

import dev.gimbal.dataset.Modality;
import dev.gimbal.dataset.MultimodalDataset;
import dev.gimbal.dataset.Split;
import dev.gimbal.dataset.Value;
import java.util.List;
import java.util.stream.IntStream;

/// What an encoder's shape may depend on before anything is trained.
///
/// @param examples of the training split
/// @param texts their values, for what has a vocabulary; empty for modalities of other kinds
record TrainingSplit(int examples, List<String> texts) {
    TrainingSplit {
        texts = List.copyOf(texts);
    }

    /// What is known of one modality.
    static TrainingSplit of(MultimodalDataset dataset, Modality modality) {
        int examples = dataset.size(Split.TRAIN);
        return new TrainingSplit(
                examples,
                IntStream.range(0, modality.kind() == Modality.Kind.TEXT ? examples : 0)
                        .mapToObj(i -> dataset.value(Split.TRAIN, i, modality.name()))
                        .filter(Value.Text.class::isInstance)
                        .map(value -> ((Value.Text) value).text())
                        .toList());
    }
}
