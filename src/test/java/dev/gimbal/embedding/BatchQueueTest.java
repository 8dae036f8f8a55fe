package dev.gimbal.embedding;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.engine.EngineException;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(20)
class BatchQueueTest {
    @AutoClose private final ExecutorService callers = Executors.newCachedThreadPool();

    private final CountDownLatch gate = new CountDownLatch(1);
    private final Queue<List<Integer>> batches = new ConcurrentLinkedQueue<>();

    @Test
    void whatWaitsWhileTheWorkerIsBusyGoesTogetherByKey() throws Exception {
        try (BatchQueue<String, Integer, Integer> queue = queue(8, 8)) {
            Future<Integer> first = callers.submit(() -> queue.ask("a", 1));
            awaitTaken(queue);
            List<Future<Integer>> rest =
                    IntStream.range(2, 6)
                            .mapToObj(
                                    i -> callers.submit(() -> queue.ask(i % 2 == 0 ? "a" : "b", i)))
                            .toList();
            awaitDepth(queue, 4);
            gate.countDown();

            assertThat(first.get()).isEqualTo(10);
            for (int i = 0; i < rest.size(); i++) {
                assertThat(rest.get(i).get()).isEqualTo(10 * (i + 2));
            }
        }
        assertThat(batches).hasSize(3);
        assertThat(batches.stream().skip(1).map(List::size)).containsExactly(2, 2);
    }

    @Test
    void aFullQueueRefusesAtOnce() throws Exception {
        try (BatchQueue<String, Integer, Integer> queue = queue(8, 2)) {
            Future<Integer> running = callers.submit(() -> queue.ask("a", 1));
            awaitTaken(queue);
            callers.submit(() -> queue.ask("a", 2));
            callers.submit(() -> queue.ask("a", 3));
            awaitDepth(queue, 2);

            assertThatThrownBy(() -> queue.ask("a", 4))
                    .isInstanceOf(OverloadedException.class)
                    .hasMessageContaining("2");
            assertThatThrownBy(() -> queue.askAll("a", List.of(5, 6)))
                    .isInstanceOf(OverloadedException.class);

            gate.countDown();
            assertThat(running.get()).isEqualTo(10);
        }
    }

    @Test
    void manyRequestsAtOncePassThroughASmallQueueInOrder() {
        gate.countDown();
        try (BatchQueue<String, Integer, Integer> queue = queue(4, 2)) {
            List<Integer> requests = IntStream.range(0, 50).boxed().toList();

            assertThat(queue.askAll("a", requests))
                    .isEqualTo(requests.stream().map(i -> 10 * i).toList());
        }
        assertThat(batches).allMatch(batch -> batch.size() <= 4);
    }

    @Test
    void aFailureReachesEveryRequestOfItsBatchAndNoOther() {
        try (BatchQueue<String, Integer, Integer> queue =
                new BatchQueue<>(
                        "test",
                        new EmbeddingSettings(DeviceChoice.CPU, 8, 8, Set.of()),
                        (key, requests) -> {
                            if (key.equals("bad")) {
                                throw new IllegalArgumentException("no such key");
                            }
                            return requests;
                        })) {
            assertThatThrownBy(() -> queue.ask("bad", 1))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage("no such key");
            assertThat(queue.ask("good", 2)).isEqualTo(2);
        }
    }

    @Test
    void aBatchThatDoesNotFitIntoMemoryIsAnsweredInHalvesAndOnlyWhatNeverFitsFails()
            throws Exception {
        try (BatchQueue<String, Integer, Integer> queue =
                new BatchQueue<>(
                        "test",
                        new EmbeddingSettings(DeviceChoice.CPU, 8, 8, Set.of()),
                        (_, requests) -> {
                            batches.add(requests);
                            if (requests.contains(0)) {
                                awaitGate();
                            } else if (requests.size() > 2 || requests.contains(7)) {
                                throw new EngineException(
                                        "DefaultCPUAllocator: can't allocate memory: you tried to"
                                                + " allocate 536870912 bytes");
                            }
                            return requests;
                        })) {
            Future<Integer> first = callers.submit(() -> queue.ask("a", 0));
            awaitTaken(queue);
            List<Future<Integer>> rest =
                    IntStream.range(1, 9)
                            .mapToObj(i -> callers.submit(() -> queue.ask("a", i)))
                            .toList();
            awaitDepth(queue, 8);
            gate.countDown();

            assertThat(first.get()).isZero();
            for (int i = 1; i < 9; i++) {
                Future<Integer> answer = rest.get(i - 1);
                if (i == 7) {
                    assertThatThrownBy(answer::get)
                            .hasRootCauseInstanceOf(EngineException.class)
                            .cause()
                            .isInstanceOf(NativeMemoryException.class);
                } else {
                    assertThat(answer.get()).isEqualTo(i);
                }
            }
        }
        assertThat(batches.stream().skip(1).findFirst().orElseThrow()).hasSize(8);
    }

    @Test
    void closingAnswersEverybodyWhoWaits() throws Exception {
        BatchQueue<String, Integer, Integer> queue = queue(1, 8);
        Future<Integer> running = callers.submit(() -> queue.ask("a", 1));
        awaitTaken(queue);
        Future<Integer> waiting = callers.submit(() -> queue.ask("a", 2));
        awaitDepth(queue, 1);
        Future<?> closing = callers.submit(queue::close);
        Thread.sleep(50); // long enough for close() to begin; the outcome is the same without
        gate.countDown();
        closing.get();

        assertThat(running.get()).isEqualTo(10);
        assertThatThrownBy(waiting::get)
                .isInstanceOf(ExecutionException.class)
                .hasRootCauseInstanceOf(IllegalStateException.class)
                .hasRootCauseMessage("the model is closed");
        assertThatThrownBy(() -> queue.ask("a", 3))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("the model is closed");
    }

    @Test
    void nobodyIsForgottenWhenTheQueueClosesUnderLoad() throws Exception {
        gate.countDown();
        for (int round = 0; round < 20; round++) {
            BatchQueue<String, Integer, Integer> queue = queue(4, 4);
            List<CompletableFuture<Void>> asking =
                    IntStream.range(0, 4)
                            .mapToObj(i ->
                                    CompletableFuture.runAsync(
                                            () -> askUntilClosed(queue), callers))
                            .toList();
            Thread.sleep(2);
            queue.close();
            for (CompletableFuture<Void> caller : asking) {
                caller.get(5, TimeUnit.SECONDS);
            }
        }
    }

    private static void askUntilClosed(BatchQueue<String, Integer, Integer> queue) {
        while (true) {
            try {
                queue.ask("a", 1);
            } catch (OverloadedException full) {
                Thread.onSpinWait();
            } catch (IllegalStateException closed) {
                return;
            }
        }
    }

    /// A queue that multiplies by ten once the gate is open.
    private BatchQueue<String, Integer, Integer> queue(int maxBatch, int capacity) {
        return new BatchQueue<>(
                "test",
                new EmbeddingSettings(DeviceChoice.CPU, maxBatch, capacity, Set.of()),
                (_, requests) -> {
                    batches.add(requests);
                    awaitGate();
                    return requests.stream().map(i -> 10 * i).toList();
                });
    }

    private void awaitGate() {
        while (true) {
            try {
                gate.await();
                return;
            } catch (InterruptedException closing) {
                // as native code, which nothing interrupts
            }
        }
    }

    private void awaitTaken(BatchQueue<String, Integer, Integer> queue) {
        while (batches.isEmpty()) {
            Thread.onSpinWait();
        }
        awaitDepth(queue, 0);
    }

    private static void awaitDepth(BatchQueue<String, Integer, Integer> queue, int depth) {
        while (queue.depth() != depth) {
            Thread.onSpinWait();
        }
    }
}
