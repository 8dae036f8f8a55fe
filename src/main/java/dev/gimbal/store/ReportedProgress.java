package dev.gimbal.store;

import java.time.Duration;
import java.util.UUID;

/// Progress that reaches the database at most a few times a second, however often it is told. Used
/// by one thread at a time.
final class ReportedProgress implements Progress {
    private static final long PAUSE = Duration.ofMillis(250).toNanos();

    private final Operations operations;
    private final UUID id;
    private long done;
    private long total;
    private long written = System.nanoTime() - PAUSE;
    private boolean cancelled;

    ReportedProgress(Operations operations, UUID id) {
        this.operations = operations;
        this.id = id;
    }

    @Override
    public synchronized void report(long done, long total) {
        this.done = done;
        this.total = total;
        exchange(total > 0 && done >= total);
    }

    @Override
    public synchronized boolean cancelled() {
        exchange(false);
        return cancelled;
    }

    private void exchange(boolean now) {
        if (now || System.nanoTime() - written >= PAUSE) {
            try {
                cancelled |= operations.report(id, done, total);
            } catch (RuntimeException e) {
                if (!Outage.is(e)) {
                    throw e;
                }
            }
            written = System.nanoTime();
        }
    }
}
