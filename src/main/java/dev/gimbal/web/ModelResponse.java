package dev.gimbal.web;

import dev.gimbal.bundle.LatentSpace;
import dev.gimbal.bundle.Manifest;
import dev.gimbal.bundle.Provenance;
import dev.gimbal.dataset.Modality;
import dev.gimbal.family.Family;
import dev.gimbal.family.Similarity;
import dev.gimbal.store.StoredModel;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/// A model's card: what it is, what its knobs are called, where it comes from, how good it is.
record ModelResponse(
        String fingerprint,
        String name,
        Family family,
        String status,
        List<Modality> modalities,
        List<LatentSpace> latentSpaces,
        Map<String, Integer> indexDimensions,
        Similarity similarity,
        Provenance provenance,
        Map<String, Double> metrics,
        long weightsBytes,
        Instant created) {

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
                manifest.provenance(),
                manifest.metrics(),
                stored.weightsSize(),
                stored.created());
    }
}
