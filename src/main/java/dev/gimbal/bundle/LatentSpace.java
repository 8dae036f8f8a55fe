package dev.gimbal.bundle;

import java.util.List;

/// The latent factors that lead from query modalities to one target modality.
///
/// @param queries modalities from which z can be inferred
/// @param target modality whose items are then located
/// @param factors one for each dimension of z
public record LatentSpace(List<String> queries, String target, List<Factor> factors) {
    public LatentSpace {
        queries = List.copyOf(queries);
        factors = List.copyOf(factors);
    }
}
