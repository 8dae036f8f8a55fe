package dev.gimbal.retrieval;

import io.micrometer.core.instrument.MeterRegistry;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/// Where the time of one request goes; each step also feeds its timer, `gimbal.embed`,
/// `gimbal.search` or `gimbal.fetch`. For one thread.
public final class Stopwatch {
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
