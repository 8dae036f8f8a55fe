package dev.gimbal.web;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The body of `POST /v1/models/{m}/generations`.
///
/// @param inputs one value for each modality that is observed
/// @param z the shared latent itself, such as a query's answer tells it, instead of inputs
/// @param target modality to draw; needed only where the inputs leave several
/// @param variants how many to draw, 1 unless given
/// @param offsets knobs of the shared latent, in aggregated deviations
/// @param own fixed entries of the target's own latent, by position from 0
/// @param step entry of the own latent that runs through `range` over the variants
/// @param range in deviations of the prior, -2 to 2 unless given
/// @param seed of what is drawn, 0 unless given
record GenerationRequest(
        @Nullable List<@Nullable QueryPart> inputs,
        float @Nullable [] z,
        @Nullable String target,
        @Nullable Integer variants,
        @Nullable Map<String, @Nullable Double> offsets,
        @Nullable Map<Integer, @Nullable Double> own,
        @Nullable Integer step,
        double @Nullable [] range,
        @Nullable Long seed) {}
