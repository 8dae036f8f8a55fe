package dev.gimbal.retrieval;

import dev.gimbal.dataset.BadInputException;
import dev.gimbal.family.Locus;
import dev.gimbal.family.Similarity;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// Steering that leaves a good embedding alone while the knobs rest: the point is `v1 + f(z') -
/// f(z)`, normalised to unit length. At rest it is v1 itself, to the bit.
///
/// @param locator f
/// @param rest f(z) at the query itself
/// @param own v1, the query's own embedding in the index space
public record OffsetLocator(Anchor.Locator locator, Locus rest, float[] own)
        implements Anchor.Locator {
    public OffsetLocator {
        if (rest.similarity() == Similarity.INNER_PRODUCT || own.length != rest.point().length) {
            throw new BadInputException(
                    "steer",
                    "offset",
                    "steer=offset needs a query and a target that share one embedding space"
                            + " (cosine or L2), and this model's do not");
        }
    }

    @Override
    public List<Locus> locate(List<float[]> z) {
        List<Locus> moved = new ArrayList<>(z.size());
        for (Locus locus : locator.locate(z)) {
            moved.add(
                    new Locus(
                            moved(locus.point()),
                            locus.similarity(),
                            locus.scale(),
                            locus.offset()));
        }
        return moved;
    }

    private float[] moved(float[] target) {
        float[] rested = rest.point();
        if (Arrays.equals(target, rested)) {
            return own;
        }
        float[] point = new float[own.length];
        double squares = 0;
        for (int d = 0; d < point.length; d++) {
            point[d] = own[d] + (target[d] - rested[d]);
            squares += (double) point[d] * point[d];
        }
        float length = (float) Math.sqrt(squares);
        for (int d = 0; d < point.length && length > 0; d++) {
            point[d] /= length;
        }
        return point;
    }
}
