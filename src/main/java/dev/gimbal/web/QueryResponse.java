package dev.gimbal.web;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import dev.gimbal.retrieval.Anchor;
import dev.gimbal.retrieval.Answer;
import dev.gimbal.retrieval.Stopwatch;
import dev.gimbal.retrieval.Timing;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The answer to a query.
///
/// @param z the query's mean in latent space, from which knobs turn; `null` where nothing can be
///   steered, and on later pages
/// @param cursor where the next page begins; `null` after the last, or where none were asked for
record QueryResponse(
        @JsonUnwrapped AnsweredBy answeredBy,
        float @Nullable [] z,
        List<HitResponse> hits,
        @Nullable String cursor,
        Timing timing) {

    static QueryResponse of(Answer answer, @Nullable String cursor, Stopwatch watch) {
        return new QueryResponse(
                AnsweredBy.of(answer),
                !answer.fused() && answer.course().anchor() instanceof Anchor.Latent latent
                        ? latent.posterior().mean()
                        : null,
                answer.hits().stream().map(HitResponse::of).toList(),
                cursor,
                watch.timing());
    }
}
