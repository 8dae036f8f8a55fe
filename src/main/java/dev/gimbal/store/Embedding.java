package dev.gimbal.store;

/// An item's index vector for one modality under one model.
///
/// @param model fingerprint
/// @param vector finite numbers; shared, not to be written to
public record Embedding(String model, String modality, float[] vector) {
    public Embedding {
        requireFinite("embedding of modality '" + modality + "'", vector);
    }

    static void requireFinite(String field, float[] vector) {
        if (vector.length == 0) {
            throw new IllegalArgumentException(field + " is empty");
        }
        for (int i = 0; i < vector.length; i++) {
            if (!Float.isFinite(vector[i])) {
                throw new IllegalArgumentException(
                        field + " is not finite at position " + i + ": " + vector[i]);
            }
        }
    }
}
