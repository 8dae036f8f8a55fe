package dev.gimbal.embedding;

import dev.gimbal.bundle.ModelBundle;
import java.util.Collection;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.springframework.stereotype.Component;

/// Placeholder until the real one is merged.
@Component
public final class LoadedModels {
    private final Map<String, Embedder> loaded = new ConcurrentHashMap<>();

    public Embedder get(String fingerprint) {
        Embedder embedder = loaded.get(fingerprint);
        if (embedder == null) {
            throw new IllegalArgumentException("no model " + fingerprint);
        }
        return embedder;
    }

    public Collection<Embedder> all() {
        return loaded.values();
    }

    public Embedder install(ModelBundle bundle) {
        return loaded.computeIfAbsent(bundle.fingerprint(), f -> new Embedder(bundle));
    }
}
