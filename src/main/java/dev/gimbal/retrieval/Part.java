package dev.gimbal.retrieval;

import dev.gimbal.dataset.BadInputException;

/// One part of a query, such as "this picture" or "minus that item".
///
/// @param weight finite and not zero; negative weights push away
public record Part(Evidence evidence, double weight) {
    public Part {
        if (!Double.isFinite(weight) || weight == 0) {
            throw new BadInputException("weight", weight, "weight must be finite and not 0");
        }
    }

    /// A part that counts once.
    public static Part of(Evidence evidence) {
        return new Part(evidence, 1);
    }
}
