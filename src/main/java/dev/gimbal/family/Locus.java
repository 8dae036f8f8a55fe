package dev.gimbal.family;

/// Where a latent point lies in the target's index space, so that the log-likelihood (or negative
/// distance) of an item with index vector `r` is `scale * similarity(point, r) + offset`.
///
/// The offset does not depend on the item: it changes no ranking, but log-mean-exp over samples,
/// explanations and thresholds need it.
///
/// @param point `[dimension of the index]`
/// @param scale positive
public record Locus(float[] point, Similarity similarity, double scale, double offset) {
    public Locus {
        if (!(scale > 0)) {
            throw new IllegalArgumentException("scale must be positive: " + scale);
        }
    }

    /// The score of an item with this index vector, in nats for likelihoods.
    public double score(float[] indexVector) {
        return scale * similarity.of(point, indexVector) + offset;
    }
}
