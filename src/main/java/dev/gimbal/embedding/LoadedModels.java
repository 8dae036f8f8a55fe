package dev.gimbal.embedding;

import dev.gimbal.bundle.ModelBundle;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.composite.CompositeMeterRegistry;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.stereotype.Component;

/// The models that are in memory, by fingerprint. Thread safe.
@Component
public final class LoadedModels implements AutoCloseable {
    private final EmbeddingSettings settings;
    private final MeterRegistry registry;
    private final Map<String, Embedder> models = new ConcurrentHashMap<>();

    /// An empty set.
    public LoadedModels(EmbeddingSettings settings) {
        this(settings, new CompositeMeterRegistry());
    }

    /// An empty set, whose models' queues are shown in a registry.
    @Autowired
    public LoadedModels(EmbeddingSettings settings, MeterRegistry registry) {
        this.settings = settings;
        this.registry = registry;
    }

    /// Loads a bundle; one that is loaded already only takes its new description.
    public Embedder install(ModelBundle bundle) {
        Embedder model =
                models.computeIfAbsent(
                        bundle.fingerprint(), _ -> new Embedder(bundle, settings, registry));
        model.describe(bundle);
        return model;
    }

    /// The model of that fingerprint, when it is in memory.
    public Optional<Embedder> find(String fingerprint) {
        return Optional.ofNullable(models.get(fingerprint));
    }

    /// Frees the model of that fingerprint, if it is in memory.
    public void remove(String fingerprint) {
        Embedder model = models.remove(fingerprint);
        if (model != null) {
            model.close();
        }
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
