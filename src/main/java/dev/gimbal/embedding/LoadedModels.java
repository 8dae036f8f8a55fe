package dev.gimbal.embedding;

import dev.gimbal.bundle.ModelBundle;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.springframework.stereotype.Component;

/// The models that are in memory, by fingerprint. Thread safe.
@Component
public final class LoadedModels implements AutoCloseable {
    private final EmbeddingSettings settings;
    private final Map<String, Embedder> models = new ConcurrentHashMap<>();

    /// An empty set.
    public LoadedModels(EmbeddingSettings settings) {
        this.settings = settings;
    }

    /// Loads a bundle; one that is loaded already only takes its new description.
    public Embedder install(ModelBundle bundle) {
        Embedder model =
                models.computeIfAbsent(bundle.fingerprint(), _ -> new Embedder(bundle, settings));
        model.describe(bundle);
        return model;
    }

    /// The model of that fingerprint, when it is in memory.
    public Optional<Embedder> find(String fingerprint) {
        return Optional.ofNullable(models.get(fingerprint));
    }

    /// The model of that fingerprint.
    ///
    /// @throws IllegalArgumentException when it is not in memory
    public Embedder get(String fingerprint) {
        return find(fingerprint)
                .orElseThrow(() ->
                        new IllegalArgumentException("model " + fingerprint + " is not loaded"));
    }

    /// All models in memory.
    public Collection<Embedder> all() {
        return List.copyOf(models.values());
    }

    @Override
    public void close() {
        models.values().forEach(Embedder::close);
        models.clear();
    }
}
