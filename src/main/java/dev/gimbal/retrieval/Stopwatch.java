package dev.gimbal.retrieval;

import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationRegistry;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Where the time of one request goes; each step also feeds its timer, `gimbal.embed`,
/// `gimbal.search` or `gimbal.fetch`, and is a span of that name in the request's trace. No step
/// begins after its limit. For one thread.
public final class Stopwatch {
    private static final double[] COUNTS = {0.5, 1, 10, 100};
    private static final double[] MARGINS = {0.001, 0.01, 0.1, 1, 10, 100};

    private final MeterRegistry meters;
    private final ObservationRegistry observations;
    private final long start;
    private final Duration limit;
    private final long working = System.nanoTime();
    private long embed;
    private long search;
    private long fetch;

    /// @param start of the request by [System#nanoTime()]
    /// @param limit from now on, when the request has arrived
    Stopwatch(MeterRegistry meters, ObservationRegistry observations, long start, Duration limit) {
        this.meters = meters;
        this.observations = observations;
        this.start = start;
        this.limit = limit;
    }

    /// Inferring, locating and index vectors.
    ///
    /// @throws TimeLimitException instead, when time is up
    public <T> T embed(Supplier<T> step) {
        long began = System.nanoTime();
        T result = observed("gimbal.embed", step);
        embed += System.nanoTime() - began;
        return result;
    }

    /// Searching and rescoring.
    ///
    /// @throws TimeLimitException instead, when time is up
    public <T> T search(Supplier<T> step) {
        long began = System.nanoTime();
        T result = observed("gimbal.search", step);
        search += System.nanoTime() - began;
        return result;
    }

    /// Reading the hits' items.
    ///
    /// @throws TimeLimitException instead, when time is up
    public <T> T fetch(Supplier<T> step) {
        long began = System.nanoTime();
        T result = observed("gimbal.fetch", step);
        fetch += System.nanoTime() - began;
        return result;
    }

    /// Counts what a query came to: `gimbal.hits` (how many) and `gimbal.score.margin` (by how
    /// much, in the score's unit, the best hit beats the next: a margin near 0 is a guess).
    public void answered(String collection, List<Hit> hits) {
        summary("gimbal.hits", collection, COUNTS).record(hits.size());
        if (hits.size() > 1) {
            summary("gimbal.score.margin", collection, MARGINS)
                    .record(hits.getFirst().score() - hits.get(1).score());
        }
    }

    private DistributionSummary summary(String name, String collection, double... bounds) {
        return DistributionSummary.builder(name)
                .tag("collection", collection)
                .serviceLevelObjectives(bounds)
                .register(meters);
    }

    /// What was spent so far.
    public Timing timing() {
        return new Timing(
                millis(embed), millis(search), millis(fetch), millis(System.nanoTime() - start));
    }

    private <T> T observed(String name, Supplier<T> step) {
        if (System.nanoTime() - working > limit.toNanos()) {
            throw new TimeLimitException(limit);
        }
        @Nullable T result = Observation.createNotStarted(name, observations).observe(step);
        return Objects.requireNonNull(result);
    }

    private static double millis(long nanos) {
        return Math.round(nanos / 1e3) / 1e3;
    }
}
