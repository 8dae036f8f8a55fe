package dev.gimbal.store;

import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Forgets old tombstones now and then. Every replica does; that they meet is harmless
/// (docs/decisions/0010).
final class TombstoneSweep implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(TombstoneSweep.class);

    /// An index that was not searched for so long reads its space anew: no more than at a start.
    private static final Duration AGE = Duration.ofDays(1);

    private static final Duration PERIOD = Duration.ofHours(1);

    private final Embeddings embeddings;
    private final ScheduledExecutorService clock =
            Executors.newSingleThreadScheduledExecutor(
                    Thread.ofPlatform().daemon().name("tombstone-sweep").factory());

    TombstoneSweep(Embeddings embeddings) {
        this.embeddings = embeddings;
        clock.scheduleWithFixedDelay(this::sweep, 0, PERIOD.toSeconds(), TimeUnit.SECONDS);
    }

    private void sweep() {
        try {
            int forgotten = embeddings.forgetTombstones(AGE);
            if (forgotten > 0) {
                LOG.info("{} tombstones older than {} are forgotten", forgotten, AGE);
            }
        } catch (RuntimeException e) {
            LOG.warn("tombstones stay for now: {}", e.getMessage());
        }
    }

    @Override
    public void close() {
        clock.shutdownNow();
    }
}
