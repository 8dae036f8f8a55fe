package dev.gimbal.web;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import dev.gimbal.retrieval.Answer;
import dev.gimbal.retrieval.Timing;
import java.util.List;

/// The answer to a query.
record QueryResponse(@JsonUnwrapped AnsweredBy answeredBy, List<HitResponse> hits, Timing timing) {

    static QueryResponse of(Answer answer, Timing timing) {
        return new QueryResponse(
                AnsweredBy.of(answer.course(), answer.engine(), answer.exact()),
                answer.hits().stream().map(HitResponse::of).toList(),
                timing);
    }
}
