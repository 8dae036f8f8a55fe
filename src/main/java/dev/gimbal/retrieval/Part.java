package dev.gimbal.retrieval;

import dev.gimbal.dataset.BadInputException;

/// One part of a query, such as "this picture" or "minus that item".
///
/// @param weight of a size from a millionth to a million; negative weights push away
public record Part(Evidence evidence, double weight) {
    private static final double SMALLEST = 1e-6;
    private static final double LARGEST = 1e6;

    public Part {
        requireWeight("weight", weight);
    }

    /// Refuses a weight that no part can have.
    ///
    /// @throws BadInputException naming this field
    public static void requireWeight(String field, double weight) {
        double size = Math.abs(weight);
        if (!(size >= SMALLEST && size <= LARGEST)) {
            throw new BadInputException(
                    field, weight, "weight must be 1e-6 to 1e6, or -1e6 to -1e-6");
        }
    }

    /// A part that counts once.
    public static Part of(Evidence evidence) {
        return new Part(evidence, 1);
    }
}
