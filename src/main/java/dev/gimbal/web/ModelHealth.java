package dev.gimbal.web;

import dev.gimbal.embedding.Embedder;
import dev.gimbal.embedding.LoadedModels;
import java.util.LinkedHashMap;
import java.util.Map;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.stereotype.Component;

/// Which models are in memory, and how many requests wait for each. A service without a model is
/// healthy: it has nothing to search yet.
@Component("modelHealthIndicator")
class ModelHealth implements HealthIndicator {
    private final LoadedModels models;

    ModelHealth(LoadedModels models) {
        this.models = models;
    }

    @Override
    public Health health() {
        Map<String, Object> loaded = new LinkedHashMap<>();
        for (Embedder embedder : models.all()) {
            loaded.put(
                    embedder.bundle().manifest().name() + " " + embedder.bundle().fingerprint(),
                    Map.of("waiting", embedder.queueDepth()));
        }
        return Health.up().withDetails(loaded).build();
    }
}
