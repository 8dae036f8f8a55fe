package dev.gimbal.embedding;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;

/// Gathers single requests into batches: whatever waits when the worker is free goes together, so
/// nobody waits for a batch to fill. Bounded; one worker thread.
///
/// @param <K> what must be equal within a batch
/// @param <I> one request
/// @param <O> one answer
final class BatchQueue<K, I, O> implements AutoCloseable {

    /// Answers a batch of requests that share a key, in order.
    interface Batch<K, I, O> {
        List<O> answer(K key, List<I> requests);
    }

    private record Pending<K, I, O>(K key, I request, CompletableFuture<O> answer) {}

    private static final long PATIENCE_MILLIS = 100;

    private final BlockingQueue<Pending<K, I, O>> waiting;
    private final int capacity;
    private final int maxBatch;
    private final Batch<K, I, O> batch;
    private final Thread worker;
    private volatile boolean open = true;

    BatchQueue(String name, EmbeddingSettings settings, Batch<K, I, O> batch) {
        this.capacity = settings.queueCapacity();
        this.waiting = new ArrayBlockingQueue<>(capacity);
        this.maxBatch = settings.maxBatch();
        this.batch = batch;
        this.worker = Thread.ofPlatform().daemon().name(name).start(this::work);
    }

    /// Waits for the answer.
    ///
    /// @throws OverloadedException at once when the queue is full
    O ask(K key, I request) {
        return await(submit(key, request));
    }

    /// Waits for all answers. The first request is refused when the queue is full; those after it
    /// wait for a place, so that many requests at once pass through a small queue.
    ///
    /// @throws OverloadedException at once when the queue is full
    List<O> askAll(K key, List<I> requests) {
        List<CompletableFuture<O>> pending = new ArrayList<>(requests.size());
        for (I request : requests) {
            pending.add(pending.isEmpty() ? submit(key, request) : submitWaiting(key, request));
        }
        return pending.stream().map(BatchQueue::await).toList();
    }

    int depth() {
        return waiting.size();
    }

    private CompletableFuture<O> submit(K key, I request) {
        requireOpen();
        Pending<K, I, O> pending = new Pending<>(key, request, new CompletableFuture<>());
        if (!waiting.offer(pending)) {
            throw new OverloadedException(capacity);
        }
        return refusedIfClosed(pending);
    }

    private CompletableFuture<O> submitWaiting(K key, I request) {
        Pending<K, I, O> pending = new Pending<>(key, request, new CompletableFuture<>());
        try {
            do {
                requireOpen();
            } while (!waiting.offer(pending, PATIENCE_MILLIS, TimeUnit.MILLISECONDS));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CancellationException("interrupted while waiting for the model");
        }
        return refusedIfClosed(pending);
    }

    private void requireOpen() {
        if (!open) {
            throw closed();
        }
    }

    /// A request that came in while the queue was closing finds nobody to answer it.
    private CompletableFuture<O> refusedIfClosed(Pending<K, I, O> pending) {
        if (!open && waiting.remove(pending)) {
            pending.answer().completeExceptionally(closed());
        }
        return pending.answer();
    }

    private static IllegalStateException closed() {
        return new IllegalStateException("the model is closed");
    }

    private static <O> O await(CompletableFuture<O> answer) {
        try {
            return answer.join();
        } catch (CompletionException e) {
            if (e.getCause() instanceof RuntimeException cause) {
                throw cause;
            }
            throw e;
        }
    }

    private void work() {
        List<Pending<K, I, O>> taken = new ArrayList<>(maxBatch);
        try {
            while (open) {
                taken.add(waiting.take());
                waiting.drainTo(taken, maxBatch - 1);
                Map<K, List<Pending<K, I, O>>> groups = new LinkedHashMap<>();
                taken.forEach(p -> groups.computeIfAbsent(p.key(), _ -> new ArrayList<>()).add(p));
                groups.forEach(this::answer);
                taken.clear();
            }
        } catch (InterruptedException closed) {
            Thread.currentThread().interrupt();
        }
    }

    /// A batch for which there is no memory is answered in halves, so that only a request that is
    /// too large by itself fails.
    private void answer(K key, List<Pending<K, I, O>> group) {
        try {
            List<O> answers = batch.answer(key, group.stream().map(Pending::request).toList());
            for (int i = 0; i < group.size(); i++) {
                group.get(i).answer().complete(answers.get(i));
            }
        } catch (RuntimeException | Error e) {
            Optional<NativeMemoryException> memory = NativeMemoryException.in(e);
            if (memory.isPresent() && group.size() > 1) {
                int half = group.size() / 2;
                answer(key, group.subList(0, half));
                answer(key, group.subList(half, group.size()));
            } else {
                Throwable told = memory.isPresent() ? memory.get() : e;
                group.forEach(pending -> pending.answer().completeExceptionally(told));
            }
        }
    }

    @Override
    public void close() {
        open = false;
        worker.interrupt();
        try {
            worker.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        List<Pending<K, I, O>> unanswered = new ArrayList<>();
        waiting.drainTo(unanswered);
        unanswered.forEach(p -> p.answer().completeExceptionally(closed()));
    }
}
