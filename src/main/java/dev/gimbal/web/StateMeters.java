package dev.gimbal.web;

import dev.gimbal.bundle.ModelBundle;
import dev.gimbal.index.ExactIndex;
import dev.gimbal.index.IndexSpace;
import dev.gimbal.retrieval.HeldItems;
import dev.gimbal.store.BenchmarkRun;
import dev.gimbal.store.BenchmarkRuns;
import dev.gimbal.store.Operation;
import dev.gimbal.store.Operations;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.MultiGauge.Row;
import io.micrometer.core.instrument.Tags;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.springframework.stereotype.Component;
import tools.jackson.databind.JsonNode;

/// Gauges of what stands in the database, read every few seconds rather than at each scrape; what
/// is held in memory of collections that are found to be gone is freed then:
///
/// - `gimbal.operations` by `state`
/// - `gimbal.index.lag` by `collection`, `modality` and `fingerprint`: changes that the exact index
///   has still to read, in this process
/// - `gimbal.benchmark` by `protocol`, `fingerprint`, `target` and `metric`: means over the draws
///   of the newest benchmark of each model
/// - `gimbal.database.up`: 1 when the last reading came through, else 0; the others then keep what
///   they showed
@Component
final class StateMeters implements AutoCloseable {
    private static final Duration PERIOD = Duration.ofSeconds(10);

    private final Operations operations;
    private final ExactIndex index;
    private final HeldItems held;
    private final BenchmarkRuns benchmarks;
    private final MultiGauge states;
    private final MultiGauge lags;
    private final MultiGauge results;
    private final ScheduledExecutorService clock =
            Executors.newSingleThreadScheduledExecutor(
                    Thread.ofPlatform().daemon().name("state-meters").factory());
    private volatile boolean databaseUp;

    StateMeters(
            Operations operations,
            ExactIndex index,
            HeldItems held,
            BenchmarkRuns benchmarks,
            MeterRegistry registry) {
        this.operations = operations;
        this.index = index;
        this.held = held;
        this.benchmarks = benchmarks;
        states = gauge(registry, "gimbal.operations", "operations in a state");
        lags = gauge(registry, "gimbal.index.lag", "changes that the index has still to read");
        results = gauge(registry, "gimbal.benchmark", "a metric's mean in the newest benchmark");
        Gauge.builder("gimbal.database.up", () -> databaseUp ? 1 : 0)
                .description("whether the database answered when it was last asked")
                .register(registry);
        clock.scheduleWithFixedDelay(this::refresh, 0, PERIOD.toSeconds(), TimeUnit.SECONDS);
    }

    /// Reads everything anew.
    void refresh() {
        try {
            states.register(rows(operations.counts()), true);
            lags.register(lagRows(), true);
            held.forgetGone();
            results.register(
                    benchmarks.newest().stream().flatMap(StateMeters::rows).toList(), true);
            databaseUp = true;
        } catch (RuntimeException _) {
            databaseUp = false; // the pool and the health indicator log why
        }
    }

    private static List<? extends Row<?>> rows(Map<Operation.State, Long> counts) {
        return counts.entrySet().stream()
                .map(e -> Row.of(Tags.of("state", e.getKey().name()), e.getValue()))
                .toList();
    }

    private List<? extends Row<?>> lagRows() {
        return index.lag().entrySet().stream()
                .map(e -> Row.of(tags(e.getKey()), e.getValue()))
                .toList();
    }

    private static Tags tags(IndexSpace space) {
        return Tags.of(
                "collection",
                space.collection(),
                "modality",
                space.modality(),
                "fingerprint",
                ModelBundle.shortened(space.fingerprint()));
    }

    /// Those of the way back too, where there is one.
    private static Stream<Row<?>> rows(BenchmarkRun run) {
        JsonNode evaluation = run.metrics();
        return Stream.of(evaluation, evaluation.path("backward"))
                .flatMap(way ->
                        way.path("retrieval").path("mean").properties().stream()
                                .filter(metric -> metric.getValue().isNumber())
                                .map(metric ->
                                        Row.of(
                                                Tags.of(
                                                        "protocol",
                                                        run.protocol(),
                                                        "fingerprint",
                                                        ModelBundle.shortened(run.model()),
                                                        "target",
                                                        way.path("target").asString(),
                                                        "metric",
                                                        metric.getKey()),
                                                metric.getValue().doubleValue())));
    }

    private static MultiGauge gauge(MeterRegistry registry, String name, String description) {
        return MultiGauge.builder(name).description(description).register(registry);
    }

    @Override
    public void close() {
        clock.shutdownNow();
    }
}
