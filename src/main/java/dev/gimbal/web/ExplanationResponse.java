package dev.gimbal.web;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import dev.gimbal.retrieval.Timing;
import dev.gimbal.traversal.Explanation;

/// Which factors bring an item near a query.
record ExplanationResponse(
        @JsonUnwrapped AnsweredBy answeredBy,
        String itemId,
        Explanation explanation,
        Timing timing) {}
