package dev.gimbal.bundle;

/// Placeholder until the real one is merged.
public record ModelBundle(Manifest manifest, byte[] weights, String fingerprint) {
    public String manifestJson() {
        return "{}";
    }
}
