package dev.gimbal.embedding;

import dev.gimbal.bundle.ModelBundle;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import java.util.ArrayList;
import java.util.List;

/// What operators see of one model's queues: `gimbal.queue.depth` (requests that wait),
/// `gimbal.queue.capacity` (the depth at which one more is refused) and `gimbal.batch.size` (rows
/// in one call of the model), each by `model`, `fingerprint` (its beginning) and `step`.
///
/// For one model; closing takes its meters away.
final class QueueMeters implements AutoCloseable {
    private static final double[] SIZES = {1, 2, 4, 8, 16, 32, 64, 128};

    private final MeterRegistry registry;
    private final Tags model;
    private final int capacity;
    private final List<Meter> meters = new ArrayList<>();

    QueueMeters(MeterRegistry registry, String name, String fingerprint, int capacity) {
        this.registry = registry;
        this.model = Tags.of("model", name, "fingerprint", ModelBundle.shortened(fingerprint));
        this.capacity = capacity;
    }

    /// The same batch, whose sizes are counted.
    <K, I, O> BatchQueue.Batch<K, I, O> counted(String step, BatchQueue.Batch<K, I, O> batch) {
        DistributionSummary sizes =
                kept(
                        DistributionSummary.builder("gimbal.batch.size")
                                .description("rows in one call of a model")
                                .tags(model.and("step", step))
                                .serviceLevelObjectives(SIZES)
                                .register(registry));
        return (key, requests) -> {
            sizes.record(requests.size());
            return batch.answer(key, requests);
        };
    }

    /// Shows how many requests wait in this queue.
    void watch(String step, BatchQueue<?, ?, ?> queue) {
        Tags tags = model.and("step", step);
        kept(
                Gauge.builder("gimbal.queue.depth", queue, BatchQueue::depth)
                        .description("requests that wait for a model")
                        .tags(tags)
                        .register(registry));
        kept(
                Gauge.builder("gimbal.queue.capacity", () -> capacity)
                        .description("waiting requests at which one more is refused")
                        .tags(tags)
                        .register(registry));
    }

    private <M extends Meter> M kept(M meter) {
        meters.add(meter);
        return meter;
    }

    @Override
    public void close() {
        meters.forEach(registry::remove);
    }
}
