package dev.gimbal.web;

import io.github.bucket4j.Bucket;
import io.github.bucket4j.ConsumptionProbe;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/// How much each caller may still ask of this process: a bucket for each, refilled steadily.
/// Callers without a key, on loopback, are not limited. Thread-safe.
@Component
final class RateLimits {
    private final long perMinute;
    private final Map<String, Bucket> buckets = new ConcurrentHashMap<>();

    RateLimits(SecuritySettings settings) {
        perMinute = settings.requestsPerMinute();
    }

    /// Counts so many requests.
    ///
    /// @throws TooManyRequestsException when the caller has used up its share
    void take(@Nullable Caller caller, int requests) {
        if (caller == null || requests == 0) {
            return;
        }
        ConsumptionProbe probe =
                buckets.computeIfAbsent(caller.name(), _ -> bucket())
                        .tryConsumeAndReturnRemaining(requests);
        if (!probe.isConsumed()) {
            throw new TooManyRequestsException(
                    Duration.ofNanos(probe.getNanosToWaitForRefill()).plusSeconds(1).toSeconds());
        }
    }

    private Bucket bucket() {
        return Bucket.builder()
                .withNanosecondPrecision() // a steady clock: one that is set would stop the refill
                .addLimit(limit ->
                        limit.capacity(perMinute).refillGreedy(perMinute, Duration.ofMinutes(1)))
                .build();
    }
}
