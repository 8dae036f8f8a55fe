package dev.gimbal.command;

import dev.gimbal.command.OpenLoop.Result;
import java.time.Duration;
import java.util.List;
import java.util.Locale;

/// A service before, under and after an overload.
///
/// @param cores that the sender may use, which may be the service's too
/// @param loadBefore of that machine, before anything was sent (its average over a minute)
/// @param capacity answered requests a second, with as many callers as suit it
/// @param calmP99 milliseconds, at 70 % of the capacity
/// @param offered requests a second under overload, as they were sent in fact
/// @param acceptedP99 milliseconds of those that were answered 200 under overload
/// @param refusedMedian milliseconds of those that were refused
/// @param accepted answered 200 a second
/// @param otherShare share that was answered neither 200 nor 429
/// @param recoveredSeconds after the overload, until answers were as quick as before; NaN for never
///   within 30 s
record OverloadRun(
        int cores,
        double loadBefore,
        double capacity,
        double calmP99,
        double offered,
        double acceptedP99,
        double refusedMedian,
        double accepted,
        double otherShare,
        double recoveredSeconds) {
    private static final int CALLERS = 16;
    private static final double CALM = 0.7;
    private static final double TIMES = 10;
    private static final int QUICK_IN_A_ROW = 10;
    private static final Duration PAUSE = Duration.ofMillis(100);
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    /// Measures.
    static OverloadRun measure(OpenLoop loop, Duration time, double loadBefore)
            throws InterruptedException {
        loop.capacity(CALLERS, time); // compiled code, open connections
        double capacity = loop.capacity(CALLERS, time);
        Result calm = loop.run(CALM * capacity, time);
        double calmP99 = quantile(calm.times(200), 0.99);
        Result storm = loop.run(TIMES * capacity, time);
        double recovered = recovery(loop, Math.max(calmP99, quantile(calm.times(200), 0.5) * 2));
        return new OverloadRun(
                Runtime.getRuntime().availableProcessors(),
                loadBefore,
                capacity,
                calmP99,
                storm.sent(),
                quantile(storm.times(200), 0.99),
                quantile(storm.times(429), 0.5),
                storm.times(200).size() / (time.toMillis() / 1e3),
                1 - storm.share(200) - storm.share(429),
                recovered);
    }

    /// Until the first of several quick answers in a row.
    private static double recovery(OpenLoop loop, double quick) throws InterruptedException {
        long start = System.nanoTime();
        long since = start;
        int row = 0;
        while (row < QUICK_IN_A_ROW) {
            if (System.nanoTime() - start > PATIENCE.toNanos()) {
                return Double.NaN;
            }
            Result one = loop.run(1 / (PAUSE.toMillis() / 1e3), PAUSE);
            boolean calm = !one.times(200).isEmpty() && one.times(200).getLast() <= quick;
            row = calm ? row + 1 : 0;
            since = calm ? since : System.nanoTime();
        }
        return (since - start) / 1e9;
    }

    /// @param sorted ascending; NaN for an empty list
    static double quantile(List<Double> sorted, double share) {
        return sorted.isEmpty()
                ? Double.NaN
                : sorted.get((int) Math.min(sorted.size() - 1, Math.floor(share * sorted.size())));
    }

    /// As lines for people, and for a page of results.
    String table() {
        return String.format(
                Locale.ROOT,
                """
                | | |
                | --- | --- |
                | processors that the sender may use; load average before | %d; %.1f |
                | capacity, requests a second | %.0f |
                | p99 at 70 %% of it, ms | %.1f |
                | offered under overload, requests a second | %.0f |
                | accepted, requests a second | %.0f |
                | p99 of the accepted, ms | %.1f (%.1f times that at 70 %%) |
                | median until a refusal, ms | %.1f |
                | answered otherwise | %.2f %% |
                | back to normal after, s | %.1f |
                """,
                cores,
                loadBefore,
                capacity,
                calmP99,
                offered,
                accepted,
                acceptedP99,
                acceptedP99 / calmP99,
                refusedMedian,
                100 * otherShare,
                recoveredSeconds);
    }
}
