package dev.gimbal.traversal;

import dev.gimbal.dataset.BadInputException;
import dev.gimbal.retrieval.Anchor;
import java.util.Map;
import java.util.TreeMap;

/// One knob that turns several factors together (Fig. 6 of Kim et al. 2020): turned by t
/// deviations, factor j moves by `t * weight_j` of its own.
///
/// @param name shown to people
/// @param weights by name or position from 0 of a factor; at least one, finite, not 0
public record CombinedFactor(String name, Map<String, Double> weights) {
    private static final double LARGEST = 100;

    public CombinedFactor {
        if (name.isBlank()) {
            throw new BadInputException("combined.name", name, "a combined factor needs a name");
        }
        if (weights.isEmpty()) {
            throw new BadInputException(
                    "combined.weights", "none", "give at least one factor's weight");
        }
        for (Map.Entry<String, Double> weight : weights.entrySet()) {
            Double value = weight.getValue();
            if (value == null || value == 0 || !(Math.abs(value) <= LARGEST)) {
                throw new BadInputException(
                        "combined.weights." + weight.getKey(),
                        String.valueOf(value),
                        "a weight must lie within -100 to 100 and not be 0");
            }
        }
        weights = Map.copyOf(weights);
    }

    /// The weights by the factors' positions.
    ///
    /// @param field where this stood, for the error
    /// @throws BadInputException for an unknown factor, or one that is given twice
    Map<Integer, Double> positions(Anchor.Latent anchor, String field) {
        Map<Integer, Double> positions = new TreeMap<>();
        weights.forEach((reference, weight) -> {
            String place = field + ".weights." + reference;
            if (positions.put(anchor.factor(reference, place), weight) != null) {
                throw new BadInputException(place, reference, "this factor is given twice");
            }
        });
        return positions;
    }
}
