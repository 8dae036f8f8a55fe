package dev.gimbal.store;

import java.time.Instant;

/// A model's bundle in the database, without its weights.
///
/// @param fingerprint over architecture, weights, preprocessing and vocabulary
/// @param name what people call it; several fingerprints may share it, the newest counts
/// @param manifest `manifest.json`, byte for byte
/// @param version how often the manifest has been renewed
/// @param weightsSize bytes of `weights.safetensors`
public record StoredModel(
        String fingerprint,
        String name,
        String family,
        String manifest,
        long version,
        long weightsSize,
        Status status,
        Instant created) {

    /// Whether it may be used for new work.
    public enum Status {
        READY
    }
}
