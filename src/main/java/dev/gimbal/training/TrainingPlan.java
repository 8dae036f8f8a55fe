package dev.gimbal.training;

import ai.djl.ndarray.NDArray;
import dev.gimbal.dataset.BadInputException;
import dev.gimbal.dataset.Modality;
import dev.gimbal.family.PairedModel;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/// How a model is trained: stages, one after another.
///
/// @param model what is trained, initialised
/// @param stages in order; the best epoch is chosen within the last
/// @param augmentation of pictures in every batch that holds them; `null` for none
public record TrainingPlan(
        PairedModel model, List<Stage> stages, @Nullable Augmentation augmentation) {
    public TrainingPlan {
        stages = List.copyOf(stages);
        if (stages.isEmpty()) {
            throw new IllegalArgumentException("a plan without stages");
        }
        if (augmentation != null) {
            requirePlainPictures(model);
        }
    }

    /// The stages before z is first aligned.
    TrainingPlan untilFirstAlignment() {
        return new TrainingPlan(
                model, stages.stream().takeWhile(s -> !s.aligns()).toList(), augmentation);
    }

    /// Epochs of all stages.
    public int epochs() {
        return stages.stream().mapToInt(Stage::epochs).sum();
    }

    private static void requirePlainPictures(PairedModel model) {
        for (Modality modality : model.architecture().modalities()) {
            if (modality.kind() == Modality.Kind.IMAGE
                    && model.architecture().preprocessing().containsKey(modality.name())) {
                throw new BadInputException(
                        "augmentation",
                        modality.name(),
                        "varies pixels, but these pictures are preprocessed once, ahead");
            }
        }
    }

    /// The batch with its pictures varied.
    Map<String, NDArray> augmented(Map<String, NDArray> values, RandomGenerator random) {
        if (augmentation == null) {
            return values;
        }
        Map<String, NDArray> varied = new LinkedHashMap<>(values);
        for (Modality modality : model.architecture().modalities()) {
            if (modality.kind() == Modality.Kind.IMAGE) {
                List<Integer> shape = modality.shape();
                varied.computeIfPresent(
                        modality.name(),
                        (_, rows) ->
                                augmentation
                                        .apply(
                                                rows.reshape(
                                                        -1,
                                                        shape.get(0),
                                                        shape.get(1),
                                                        shape.get(2)),
                                                random)
                                        .reshape(rows.getShape()));
            }
        }
        return varied;
    }
}
