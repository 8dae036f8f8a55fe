package dev.gimbal.traversal;

import dev.gimbal.bundle.LatentSpace;
import dev.gimbal.dataset.BadInputException;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// How far knobs are turned, in aggregated deviations of their factors.
final class Offsets {
    private static final double FAR = 100;

    private Offsets() {}

    /// `z_j + offset_j * deviation_j`.
    ///
    /// @param offsets by name or position from 0 of the factor
    /// @throws BadInputException for an unknown factor or one that is given twice, or an offset
    ///   that is not finite
    static float[] turned(float[] z, LatentSpace space, Map<String, Double> offsets) {
        float[] turned = z.clone();
        Set<Integer> seen = new HashSet<>();
        offsets.forEach((reference, offset) -> {
            String field = "offsets." + reference;
            int j = space.factor(reference, field);
            requireNear(field, offset);
            if (!seen.add(j)) {
                throw new BadInputException(field, reference, "this factor is given twice");
            }
            turn(turned, space, j, offset);
        });
        return turned;
    }

    /// Turns one knob, in place.
    static void turn(float[] z, LatentSpace space, int factor, double offset) {
        z[factor] = (float) (z[factor] + offset * space.factors().get(factor).deviation());
    }

    /// @throws BadInputException when it is not finite or far beyond what any model has seen
    static void requireNear(String field, double offset) {
        if (!Double.isFinite(offset) || Math.abs(offset) > FAR) {
            throw new BadInputException(field, offset, "must lie within -100 to 100 deviations");
        }
    }

    /// @throws BadInputException when these are no increasing numbers near enough
    static void requireRange(double low, double high) {
        if (!(low < high) || low < -FAR || high > FAR) {
            throw new BadInputException(
                    "range",
                    List.of(low, high),
                    "range must be two increasing numbers within -100 to 100 deviations");
        }
    }
}
