package dev.gimbal.store;

import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Forgets old tombstones and old finished operations now and then. Every replica does; that they
/// meet is harmless (docs/decisions/0010).
final class TombstoneSweep implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(TombstoneSweep.class);

    /// An index that was not searched for so long reads its space anew: no more than at a start.
    private static final Duration AGE = Duration.ofDays(1);

    private static final Duration OPERATION_AGE = Duration.ofDays(30);

    private static final Duration PERIOD = Duration.ofHours(1);

    private final Embeddings embeddings;
    private final Operations operations;
    private final ScheduledExecutorService clock =
            Executors.newSingleThreadScheduledExecutor(
                    Thread.ofPlatform().daemon().name("sweep").factory());

    TombstoneSweep(Embeddings embeddings, Operations operations) {
        this.embeddings = embeddings;
        this.operations = operations;
        clock.scheduleWithFixedDelay(this::sweep, 0, PERIOD.toSeconds(), TimeUnit.SECONDS);
    }

    private void sweep() {
        try {
            int forgotten = embeddings.forgetTombstones(AGE);
            if (forgotten > 0) {
                LOG.info("{} tombstones older than {} are forgotten", forgotten, AGE);
            }
            int ended = operations.forgetFinished(OPERATION_AGE);
            if (ended > 0) {
                LOG.info(
                        "{} operations that ended over {} ago are forgotten", ended, OPERATION_AGE);
            }
        } catch (RuntimeException e) {
            LOG.warn("tombstones and operations stay for now: {}", e.getMessage());
        }
    }

    @Override
    public void close() {
        clock.shutdownNow();
    }
}
