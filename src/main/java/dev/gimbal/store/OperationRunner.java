package dev.gimbal.store;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.JsonNode;

/// Runs long work in the background, a few at a time, and keeps its record in [Operations].
/// Thread-safe.
///
/// Several replicas may share a database: each touches the operations it runs, and any of them
/// marks as failed those that nobody has touched for a while.
public final class OperationRunner implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(OperationRunner.class);
    private static final Duration BEAT = Duration.ofSeconds(15);
    private static final Duration SILENCE = Duration.ofSeconds(60);

    /// A short job need not wait for a long one; more would only share the same cores.
    private static final int PARALLEL = 2;

    private final Operations operations;
    private Silence silence = new Silence(SILENCE);
    private final Set<UUID> here = ConcurrentHashMap.newKeySet();
    private final ExecutorService workers =
            Executors.newFixedThreadPool(
                    PARALLEL, Thread.ofPlatform().daemon().name("operation-", 1).factory());
    private final ScheduledExecutorService heart =
            Executors.newSingleThreadScheduledExecutor(
                    Thread.ofPlatform().daemon().name("operation-heart").factory());

    /// @param alone whether no other process uses the database: then whatever is unfinished now was
    ///   interrupted
    public OperationRunner(Operations operations, boolean alone) {
        this.operations = operations;
        if (alone) {
            fail(operations.unfinished());
        }
        heart.scheduleWithFixedDelay(
                this::beat, BEAT.toSeconds(), BEAT.toSeconds(), TimeUnit.SECONDS);
    }

    /// Queues work.
    ///
    /// @return the id under which [Operations#find] tells of it
    public UUID submit(String kind, Work work) {
        UUID id = UUID.randomUUID();
        operations.queue(id, kind);
        here.add(id);
        workers.execute(() -> run(id, kind, work));
        return id;
    }

    /// Stops taking work and interrupts what runs; that ends as failed.
    @Override
    public void close() {
        heart.shutdownNow();
        workers.shutdownNow();
        try {
            if (!workers.awaitTermination(10, TimeUnit.SECONDS)) {
                LOG.warn("operations {} do not stop", here);
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
        here.forEach(
                id -> operations.end(id, Operation.State.FAILED, Operations.INTERRUPTED, null));
    }

    private void run(UUID id, String kind, Work work) {
        try {
            if (!Outage.outlast(() -> operations.begin(id))) {
                return;
            }
            JsonNode result = work.run(new ReportedProgress(operations, id));
            end(id, Operation.State.SUCCEEDED, null, result);
        } catch (CancellationException _) {
            end(id, Operation.State.CANCELLED, null, null);
        } catch (InterruptedException _) {
            // the flag stays down: this worker still has to reach the database
            end(id, Operation.State.FAILED, Operations.INTERRUPTED, null);
        } catch (Throwable e) { // an error too: nobody else would end its record
            LOG.warn("operation {} ({}) failed", id, kind, e);
            end(id, Operation.State.FAILED, reason(e), null);
        } finally {
            here.remove(id);
        }
    }

    private void end(
            UUID id, Operation.State state, @Nullable String error, @Nullable JsonNode result) {
        Outage.outlast(() -> {
            operations.end(id, state, error, result);
            return state;
        });
    }

    private void fail(Map<UUID, Instant> interrupted) {
        interrupted.forEach((id, touched) -> {
            if (operations.failInterrupted(id, touched)) {
                LOG.warn("operation {} was interrupted by a restart and is marked as failed", id);
            }
        });
    }

    private static String reason(Throwable failure) {
        String message = failure.getMessage();
        return message == null ? failure.getClass().getSimpleName() : message;
    }

    private void beat() {
        try {
            operations.touch(here);
            fail(silence.after(operations.unfinished(), System.nanoTime()));
        } catch (RuntimeException e) {
            silence = new Silence(SILENCE); // during an outage nobody can give a sign of life
            LOG.warn("cannot touch the operations under way: {}", e.getMessage());
        }
    }
}
