package dev.gimbal.index;

import java.util.Comparator;
import java.util.UUID;

/// An item found, and its score under the locus that was asked for.
///
/// @param score `scale * similarity + offset`; nats for likelihoods
public record Candidate(UUID item, double score) {

    /// Best first; of equal scores the smaller key, so that the same data give the same answer
    /// everywhere. Keys compare byte by byte, as they do in PostgreSQL.
    public static final Comparator<Candidate> BEST_FIRST =
            Comparator.comparingDouble(Candidate::score)
                    .reversed()
                    .thenComparing(Candidate::item, Candidate::compareKeys);

    /// Compares keys as unsigned bytes; `UUID.compareTo` takes them as signed.
    static int compareKeys(UUID a, UUID b) {
        int high = Long.compareUnsigned(a.getMostSignificantBits(), b.getMostSignificantBits());
        return high != 0
                ? high
                : Long.compareUnsigned(a.getLeastSignificantBits(), b.getLeastSignificantBits());
    }
}
