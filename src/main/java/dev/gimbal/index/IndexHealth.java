package dev.gimbal.index;

import ai.djl.engine.EngineException;
import ai.djl.ndarray.NDManager;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;

/// Whether the exact index's device computes. Part of readiness.
public final class IndexHealth implements HealthIndicator {
    private final ExactIndex exact;

    IndexHealth(ExactIndex exact) {
        this.exact = exact;
    }

    @Override
    public Health health() {
        try (NDManager scope = NDManager.newBaseManager(exact.device())) {
            float sum = scope.create(new float[] {1, 2}).sum().getFloat();
            return (sum == 3 ? Health.up() : Health.down().withDetail("sum of 1 and 2", sum))
                    .withDetail("device", exact.device().toString())
                    .withDetail("spaces", exact.spaces())
                    .build();
        } catch (EngineException e) {
            return Health.down().withDetail("reason", String.valueOf(e.getMessage())).build();
        }
    }
}
