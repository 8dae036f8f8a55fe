package dev.gimbal.web;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.gimbal.bundle.LatentSpace;
import dev.gimbal.bundle.Manifest;
import dev.gimbal.bundle.Provenance;
import dev.gimbal.dataset.Modality;
import dev.gimbal.family.Family;
import dev.gimbal.family.GenerativeLayout;
import dev.gimbal.family.Similarity;
import dev.gimbal.store.StoredModel;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A model's card: what it is, what its knobs are called, where it comes from, how good it is.
///
/// @param generative what it draws from; absent where the family draws nothing
record ModelResponse(
        String fingerprint,
        String name,
        Family family,
        String status,
        List<Modality> modalities,
        List<LatentSpace> latentSpaces,
        Map<String, Integer> indexDimensions,
        Similarity similarity,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable Generative generative,
        Provenance provenance,
        Map<String, Double> metrics,
        long weightsBytes,
        Instant created) {

    /// The latents that values are drawn from.
    ///
    /// @param shared entries that all modalities share, the knobs
    /// @param own entries of each modality's own latent, its style
    record Generative(int shared, Map<String, Integer> own) {
        static @Nullable Generative of(@Nullable GenerativeLayout layout) {
            return layout == null ? null : new Generative(layout.shared(), layout.privates());
        }
    }

    static ModelResponse of(StoredModel stored, Manifest manifest) {
        return new ModelResponse(
                stored.fingerprint(),
                stored.name(),
                manifest.family(),
                stored.status().name(),
                manifest.modalities(),
                manifest.latentSpaces(),
                manifest.indexDimensions(),
                manifest.similarity(),
                Generative.of(manifest.architecture().generative()),
                manifest.provenance(),
                manifest.metrics(),
                stored.weightsSize(),
                stored.created());
    }
}
