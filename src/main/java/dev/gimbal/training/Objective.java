package dev.gimbal.training;

import dev.gimbal.family.PairedModel;
import dev.gimbal.objective.Loss;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/// What a stage minimises.
@FunctionalInterface
interface Objective {

    /// The loss of one batch; everything it makes belongs to the batch's manager.
    Loss of(Batch batch);

    /// The sum over the directions of a model, each under its own names.
    static <M extends PairedModel> Objective sum(
            List<M> directions, Function<M, Objective> objective) {
        Map<M, Objective> parts = new LinkedHashMap<>();
        directions.forEach(side -> parts.put(side, objective.apply(side)));
        return batch -> {
            Loss loss = new Loss();
            parts.forEach((side, part) -> loss.addAll(side.role(""), part.of(batch)));
            return loss;
        };
    }
}
