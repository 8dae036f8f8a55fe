package dev.gimbal.web;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import dev.gimbal.retrieval.Timing;
import dev.gimbal.traversal.LatentPlane;
import java.util.List;

/// Two factors as a plane.
///
/// @param z the query's, or where offsets have brought it
/// @param rows hits by the value of `upwards`, then by that of `across`
record PlaneResponse(
        @JsonUnwrapped AnsweredBy answeredBy,
        float[] z,
        LatentPlane.Axis across,
        LatentPlane.Axis upwards,
        List<List<List<HitResponse>>> rows,
        Timing timing) {

    static PlaneResponse of(LatentPlane.Result result, Timing timing) {
        return new PlaneResponse(
                AnsweredBy.of(result.course(), result.engine(), result.exact()),
                result.z(),
                result.across(),
                result.upwards(),
                result.rows().stream()
                        .map(row ->
                                row.stream()
                                        .map(hits -> hits.stream().map(HitResponse::of).toList())
                                        .toList())
                        .toList(),
                timing);
    }
}
