package dev.gimbal.metric;

/// Where the right item came in a ranking, from 1.
///
/// A tie counts against the model: rank = 1 + items scored better + other items scored equal. So a
/// model that scores everything alike is last, not first. A score that is not a number counts as
/// better, for the same reason.
public final class Ranks {
    private Ranks() {}

    /// Rank of one item among all scores; larger is better.
    ///
    /// @param scores `[item]`
    /// @param own position of the right item
    public static int of(float[] scores, int own) {
        int rank = 1;
        for (int i = 0; i < scores.length; i++) {
            if (i != own && !(scores[i] < scores[own])) {
                rank++;
            }
        }
        return rank;
    }

    /// Rank of one item among all scores; larger is better.
    ///
    /// @param scores `[item]`
    /// @param own position of the right item
    public static int of(double[] scores, int own) {
        int rank = 1;
        for (int i = 0; i < scores.length; i++) {
            if (i != own && !(scores[i] < scores[own])) {
                rank++;
            }
        }
        return rank;
    }

    static int[] require(int[] ranks) {
        if (ranks.length == 0) {
            throw new IllegalArgumentException("no ranks: there was no query");
        }
        for (int rank : ranks) {
            if (rank < 1) {
                throw new IllegalArgumentException("ranks start at 1: " + rank);
            }
        }
        return ranks;
    }
}
