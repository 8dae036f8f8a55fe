package dev.gimbal.web;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import dev.gimbal.retrieval.Timing;
import dev.gimbal.traversal.LatentTraversal;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A traversal: for each factor, its steps and their hits.
///
/// @param z the query's, or where offsets have brought it: from there each column departs
/// @param rest the hits there, before the traversal moves a factor
record TraversalResponse(
        @JsonUnwrapped AnsweredBy answeredBy,
        float[] z,
        List<HitResponse> rest,
        List<Column> factors,
        Timing timing) {

    /// One knob.
    ///
    /// @param factor its position; `null` for several combined
    record Column(@Nullable Integer factor, String name, List<Step> steps) {}

    /// One value of a factor.
    record Step(double deviations, double z, List<HitResponse> hits) {}

    static TraversalResponse of(LatentTraversal.Result result, Timing timing) {
        return new TraversalResponse(
                AnsweredBy.of(result.course(), result.engine(), result.exact()),
                result.z(),
                result.rest().stream().map(HitResponse::of).toList(),
                result.columns().stream().map(TraversalResponse::column).toList(),
                timing);
    }

    private static Column column(LatentTraversal.Column column) {
        List<Step> steps =
                column.steps().stream()
                        .map(step ->
                                new Step(
                                        step.deviations(),
                                        step.z(),
                                        step.hits().stream().map(HitResponse::of).toList()))
                        .toList();
        return new Column(column.factor(), column.name(), steps);
    }
}
