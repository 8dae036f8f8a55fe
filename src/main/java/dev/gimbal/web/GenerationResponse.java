package dev.gimbal.web;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What a model drew.
///
/// @param model its fingerprint
/// @param target modality that was drawn
/// @param z the shared latent of the first drawing
/// @param variants one for each
record GenerationResponse(String model, String target, float[] z, List<Variant> variants) {

    /// One drawing: a picture, a vector, or a text's likeliest words.
    ///
    /// @param z the shared latent that it was drawn from
    /// @param own the own latent likewise, in deviations of the prior
    /// @param image PNG, base64 in JSON
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Variant(
            float[] z,
            float[] own,
            byte @Nullable [] image,
            float @Nullable [] vector,
            @Nullable List<Word> words) {}

    /// A word and its share of a text.
    record Word(String word, float probability) {}
}
