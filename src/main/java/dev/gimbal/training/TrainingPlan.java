package dev.gimbal.training;

import ai.djl.ndarray.NDArray;
import dev.gimbal.dataset.BadInputException;
import dev.gimbal.dataset.FactorTable;
import dev.gimbal.dataset.Modality;
import dev.gimbal.dataset.MultimodalDataset;
import dev.gimbal.dataset.Split;
import dev.gimbal.family.NetworkModel;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/// How a model is trained: stages, one after another.
///
/// @param model what is trained, initialised
/// @param stages in order; the best epoch is chosen within the last
/// @param augmentation of pictures in every batch that holds them; `null` for none
/// @param criterion what epochs are compared by
/// @param classes factor that the objective reads as classes, since it is supervised; `null` for
///   none
record TrainingPlan(
        NetworkModel model,
        List<Stage> stages,
        @Nullable Augmentation augmentation,
        Criterion criterion,
        @Nullable String classes) {

    /// A plan whose objective sees no classes.
    TrainingPlan(
            NetworkModel model,
            List<Stage> stages,
            @Nullable Augmentation augmentation,
            Criterion criterion) {
        this(model, stages, augmentation, criterion, null);
    }

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
                model,
                stages.stream().takeWhile(s -> !s.aligns()).toList(),
                augmentation,
                criterion,
                classes);
    }

    /// Epochs of all stages.
    public int epochs() {
        return stages.stream().mapToInt(Stage::epochs).sum();
    }

    private static void requirePlainPictures(NetworkModel model) {
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

    /// The data with the classes that a supervised objective reads.
    ///
    /// @throws BadInputException when the data set has no such factor
    TrainingData labelled(TrainingData data, MultimodalDataset dataset, Split split) {
        if (classes == null) {
            return data;
        }
        FactorTable factors = dataset.factors(split);
        int column = factors.names().indexOf(classes);
        if (column < 0) {
            throw new BadInputException(
                    "matching.classes",
                    classes,
                    "is no factor of data set '%s', known are %s"
                            .formatted(dataset.name(), factors.names()));
        }
        return data.with(
                MatchingObjective.COLUMN,
                Arrays.stream(factors.values())
                        .map(row -> new float[] {row[column]})
                        .toArray(float[][]::new));
    }

    /// The batch with its pictures varied.
    Batch augmented(Batch batch) {
        if (augmentation == null) {
            return batch;
        }
        Map<String, NDArray> varied = new LinkedHashMap<>(batch.values());
        for (Modality modality : model.architecture().modalities()) {
            if (modality.kind() == Modality.Kind.IMAGE) {
                varied.computeIfPresent(
                        modality.name(), (_, rows) -> augmented(modality, rows, batch.random()));
            }
        }
        return new Batch(
                batch.manager(), varied, batch.presences(), batch.random(), batch.progress());
    }

    private NDArray augmented(Modality modality, NDArray rows, RandomGenerator random) {
        List<Integer> shape = modality.shape();
        NDArray pictures = rows.reshape(-1, shape.get(0), shape.get(1), shape.get(2));
        return Objects.requireNonNull(augmentation)
                .apply(pictures, random)
                .reshape(rows.getShape());
    }
}
