package dev.gimbal.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class OperationRunnerTest {
    private final Operations operations = new Operations(new Database(TestDatabase.shared()));
    private final OperationRunner runner = new OperationRunner(operations, true);

    @AfterEach
    void close() {
        runner.close();
    }

    @Test
    void workThatSucceedsLeavesItsResultAndProgress() throws Exception {
        UUID id =
                runner.submit(
                        "ingest",
                        progress -> {
                            for (int i = 1; i <= 1000; i++) {
                                progress.report(i, 1000);
                            }
                            return Store.json("{\"written\": 1000}");
                        });

        Operation ended = await(id);
        assertThat(ended.kind()).isEqualTo("ingest");
        assertThat(ended.state()).isEqualTo(Operation.State.SUCCEEDED);
        assertThat(ended.done()).isEqualTo(1000);
        assertThat(ended.total()).isEqualTo(1000);
        assertThat(ended.result()).isEqualTo(Store.json("{\"written\": 1000}"));
    }

    @Test
    void workThatFailsLeavesItsReason() throws Exception {
        UUID id =
                runner.submit(
                        "ingest",
                        _ -> {
                            throw new IllegalArgumentException("no such file: x\0y");
                        });

        Operation ended = await(id);
        assertThat(ended.state()).isEqualTo(Operation.State.FAILED);
        assertThat(ended.error()).isEqualTo("no such file: xy");
    }

    @Test
    void anErrorEndsTheWorkToo() throws Exception {
        UUID id =
                runner.submit(
                        "ingest",
                        _ -> {
                            throw new NoClassDefFoundError("org/example/Missing");
                        });

        Operation ended = await(id);
        assertThat(ended.state()).isEqualTo(Operation.State.FAILED);
        assertThat(ended.error()).isEqualTo("org/example/Missing");
    }

    @Test
    void aBeginningThatIsRepeatedAfterAnOutageCounts() {
        UUID id = UUID.randomUUID();
        operations.queue(id, "ingest");
        assertThat(operations.begin(id)).isTrue();
        assertThat(operations.begin(id)).isTrue();
        operations.end(id, Operation.State.FAILED, "test", null);
        assertThat(operations.begin(id)).isFalse();
    }

    @Test
    void whatEndedIsForgottenButForTheNewestOfItsKind() {
        String kind = "kind-" + UUID.randomUUID();
        UUID first = UUID.randomUUID();
        UUID second = UUID.randomUUID();
        UUID third = UUID.randomUUID();
        for (UUID id : new UUID[] {first, second, third}) {
            operations.queue(id, kind);
        }
        operations.end(first, Operation.State.SUCCEEDED, null, null);
        operations.end(third, Operation.State.SUCCEEDED, null, null);
        operations.forgetFinished(Duration.ofDays(30));
        assertThat(operations.find(first)).isPresent();

        assertThat(operations.forgetFinished(Duration.ZERO)).isPositive();
        assertThat(operations.find(first)).isEmpty();
        assertThat(operations.find(second)).as("not ended").isPresent();
        assertThat(operations.find(third)).as("the newest").isPresent();
        operations.end(second, Operation.State.FAILED, "test", null);
    }

    @Test
    void runningWorkIsCancelledOnRequest() throws Exception {
        CountDownLatch running = new CountDownLatch(1);
        UUID id =
                runner.submit(
                        "benchmark",
                        progress -> {
                            while (true) {
                                progress.report(1, 2);
                                running.countDown();
                                progress.checkCancelled();
                                Thread.sleep(5);
                            }
                        });
        running.await();

        assertThat(operations.cancel(id)).isTrue();
        assertThat(await(id).state()).isEqualTo(Operation.State.CANCELLED);
        assertThat(operations.cancel(id)).isFalse();
    }

    @Test
    void queuedWorkIsCancelledWithoutEverRunning() throws Exception {
        CountDownLatch release = new CountDownLatch(1);
        UUID first = runner.submit("slow", _ -> waitFor(release));
        UUID second = runner.submit("slow", _ -> waitFor(release));
        UUID third =
                runner.submit(
                        "never",
                        _ -> {
                            throw new AssertionError("ran");
                        });

        assertThat(operations.cancel(third)).isTrue();
        release.countDown();
        await(first);
        await(second);
        assertThat(await(third).state()).isEqualTo(Operation.State.CANCELLED);
    }

    @Test
    void whatARestartInterruptedIsMarkedAsFailed() {
        UUID running = UUID.randomUUID();
        operations.queue(running, "ingest");
        operations.begin(running);
        UUID queued = UUID.randomUUID();
        operations.queue(queued, "ingest");

        try (OperationRunner _ = new OperationRunner(operations, true)) {
            for (UUID id : new UUID[] {running, queued}) {
                Operation left = operations.find(id).orElseThrow();
                assertThat(left.state()).isEqualTo(Operation.State.FAILED);
                assertThat(left.error()).isEqualTo("interrupted by a restart");
            }
        }
    }

    @Test
    void whatAnotherReplicaRunsIsLeftAlone() {
        UUID elsewhere = UUID.randomUUID();
        operations.queue(elsewhere, "ingest");
        operations.begin(elsewhere);

        try (OperationRunner _ = new OperationRunner(operations, false)) {
            assertThat(operations.find(elsewhere).orElseThrow().state())
                    .isEqualTo(Operation.State.RUNNING);
        }
        operations.end(elsewhere, Operation.State.FAILED, "test", null);
    }

    @Test
    void closingMarksWhatRanAsInterrupted() throws Exception {
        OperationRunner closing = new OperationRunner(operations, true);
        CountDownLatch running = new CountDownLatch(1);
        UUID id =
                closing.submit(
                        "ingest",
                        _ -> {
                            running.countDown();
                            Thread.sleep(60_000);
                            return null;
                        });
        running.await();
        closing.close();

        assertThat(operations.find(id).orElseThrow().error()).isEqualTo("interrupted by a restart");
    }

    @Test
    void cancellingTheUnknownSaysSo() {
        UUID unknown = UUID.randomUUID();
        assertThatThrownBy(() -> operations.cancel(unknown))
                .isInstanceOf(NotFoundException.class)
                .hasMessage("no operation '" + unknown + "'");
    }

    private static tools.jackson.databind.JsonNode waitFor(CountDownLatch latch)
            throws InterruptedException {
        assertThat(latch.await(10, TimeUnit.SECONDS)).isTrue();
        return Store.json("{}");
    }

    private Operation await(UUID id) throws InterruptedException {
        for (int i = 0; i < 1000; i++) {
            Operation operation = operations.find(id).orElseThrow();
            if (operation.finished()) {
                return operation;
            }
            Thread.sleep(10);
        }
        throw new AssertionError("operation does not end");
    }
}
