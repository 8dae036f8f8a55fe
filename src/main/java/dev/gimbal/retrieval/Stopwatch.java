package dev.gimbal.retrieval;

import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/// Where the time of one request goes; each step also feeds its timer, `gimbal.embed`,
/// `gimbal.search` or `gimbal.fetch`. For one thread.
public final class Stopwatch {
    private static final double[] COUNTS = {0.5, 1, 10, 100};
    private static final double[] MARGINS = {0.001, 0.01, 0.1, 1, 10, 100};

    private final MeterRegistry meters;
    private final long start;
    private long embed;
    private long search;
    private long fetch;

    /// @param start of the request by [System#nanoTime()]
    public Stopwatch(MeterRegistry meters, long start) {
        this.meters = meters;
        this.start = start;
    }

    /// Inferring, locating and index vectors.
    public <T> T embed(Supplier<T> step) {
        long began = System.nanoTime();
        T result = step.get();
        embed += record("gimbal.embed", began);
        return result;
    }

    /// Searching and rescoring.
    public <T> T search(Supplier<T> step) {
        long began = System.nanoTime();
        T result = step.get();
        search += record("gimbal.search", began);
        return result;
    }

    /// Reading the hits' items.
    public <T> T fetch(Supplier<T> step) {
        long began = System.nanoTime();
        T result = step.get();
        fetch += record("gimbal.fetch", began);
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

    private long record(String timer, long began) {
        long spent = System.nanoTime() - began;
        meters.timer(timer).record(spent, TimeUnit.NANOSECONDS);
        return spent;
    }

    private static double millis(long nanos) {
        return Math.round(nanos / 1e3) / 1e3;
    }
}
