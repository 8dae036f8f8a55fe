package dev.gimbal.web;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import dev.gimbal.retrieval.Timing;
import dev.gimbal.traversal.Manipulation;
import java.util.List;

/// The hits after several knobs were turned.
///
/// @param z the query's own
/// @param moved where the knobs have brought it
record ManipulationResponse(
        @JsonUnwrapped AnsweredBy answeredBy,
        float[] z,
        float[] moved,
        List<HitResponse> hits,
        Timing timing) {

    static ManipulationResponse of(Manipulation.Result result, Timing timing) {
        return new ManipulationResponse(
                AnsweredBy.of(
                        result.answer().course(),
                        result.answer().engine(),
                        result.answer().exact()),
                result.z(),
                result.moved(),
                result.answer().hits().stream().map(HitResponse::of).toList(),
                timing);
    }
}
