package dev.gimbal.embedding;

import dev.gimbal.bundle.BundleException;
import dev.gimbal.bundle.ModelBundle;
import java.util.Set;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/// How models run.
///
/// @param device where: `auto` takes a GPU when there is one
/// @param maxBatch most rows in one call of a model; larger batches gain nothing on a CPU
/// @param executableBundles fingerprints of bundles that may be loaded although they run code of
///   their own, such as imported encoders; none by default
/// @param queueCapacity most requests that wait for a model; one more is refused at once, since a
///   longer wait helps nobody
@ConfigurationProperties("gimbal.embedding")
public record EmbeddingSettings(
        @DefaultValue("AUTO") DeviceChoice device,
        @DefaultValue("64") int maxBatch,
        @DefaultValue("256") int queueCapacity,
        @DefaultValue Set<String> executableBundles) {
    public EmbeddingSettings {
        executableBundles = Set.copyOf(executableBundles);
        if (maxBatch < 1 || queueCapacity < 1) {
            throw new IllegalArgumentException(
                    "gimbal.embedding.max-batch and queue-capacity must be positive: "
                            + maxBatch
                            + ", "
                            + queueCapacity);
        }
    }

    /// The defaults, outside Spring.
    public static EmbeddingSettings defaults() {
        return new EmbeddingSettings(DeviceChoice.AUTO, 64, 256, Set.of());
    }

    /// The same, for a bundle whose code its user runs on purpose.
    public EmbeddingSettings allowing(ModelBundle bundle) {
        return new EmbeddingSettings(device, maxBatch, queueCapacity, Set.of(bundle.fingerprint()));
    }

    /// Refuses a bundle that runs code of its own, unless it is among the allowed ones.
    ///
    /// @throws BundleException saying how it is allowed
    void requireAllowed(ModelBundle bundle) {
        if (bundle.manifest().executable() && !executableBundles.contains(bundle.fingerprint())) {
            throw new BundleException(
                    "model '%s' runs code of its own (an imported encoder), which is refused unless it is allowed: for a service by --gimbal.embedding.executable-bundles=%s, for 'gimbal evaluate' by --executable"
                            .formatted(bundle.manifest().name(), bundle.fingerprint()));
        }
    }
}
