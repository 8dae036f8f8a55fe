package dev.gimbal.index;

import dev.gimbal.family.Locus;
import java.util.List;

/// What every engine asks of a query before it touches native code or the database.
final class Points {
    private Points() {}

    /// @throws IllegalArgumentException for a `k` below 1 or a point that is not finite
    static void require(List<Locus> loci, int k) {
        if (k < 1) {
            throw new IllegalArgumentException("k must be at least 1: " + k);
        }
        loci.forEach(Points::requireFinite);
    }

    /// @throws IllegalArgumentException when the point does not have the vectors' length
    static void requireDimension(IndexSpace space, List<Locus> loci, int dimension) {
        for (Locus locus : loci) {
            if (locus.point().length != dimension) {
                throw new IllegalArgumentException(
                        "the point has %d entries, vectors of modality '%s' in '%s' have %d"
                                .formatted(
                                        locus.point().length,
                                        space.modality(),
                                        space.collection(),
                                        dimension));
            }
        }
    }

    private static void requireFinite(Locus locus) {
        float[] point = locus.point();
        for (int i = 0; i < point.length; i++) {
            if (!Float.isFinite(point[i])) {
                throw new IllegalArgumentException(
                        "the point is not finite at position " + i + ": " + point[i]);
            }
        }
    }
}
