package dev.gimbal.traversal;

import dev.gimbal.dataset.BadInputException;

/// How much one traversal or plane may retrieve.
final class Extent {
    private static final int MOST_POINTS = 2000;
    private static final int MOST_HITS = 20_000;

    private Extent() {}

    /// @param points at which hits are retrieved
    /// @param product what they are the product of, for the message
    /// @throws BadInputException for too many points, or too many hits in all
    static void require(int points, int k, String product) {
        if (points > MOST_POINTS) {
            throw new BadInputException(
                    "steps", points + " points", product + " must not exceed " + MOST_POINTS);
        }
        if ((long) points * k > MOST_HITS) {
            throw new BadInputException("k", k, product + " times k must not exceed " + MOST_HITS);
        }
    }
}
