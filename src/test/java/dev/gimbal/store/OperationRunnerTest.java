package dev.gimbal.store;

import static dev.gimbal.store.OperationsTest.queued;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;

class OperationRunnerTest {
    private final Operations operations = new Operations(new Database(TestDatabase.shared()));
    @AutoClose private final OperationRunner runner = new OperationRunner(operations, true);

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

    @ParameterizedTest
    @MethodSource("failures")
    void whateverEndsWorkLeavesItsReason(Work work, String reason) throws Exception {
        Operation ended = await(runner.submit("ingest", work));
        assertThat(ended.state()).isEqualTo(Operation.State.FAILED);
        assertThat(ended.error()).isEqualTo(reason);
    }

    static Stream<Arguments> failures() {
        Work failing =
                _ -> {
                    throw new IllegalArgumentException("no such file: x\0y");
                };
        Work erring =
                _ -> {
                    throw new NoClassDefFoundError("org/example/Missing");
                };
        return Stream.of(
                Arguments.of(Named.of("an exception", failing), "no such file: xy"),
                Arguments.of(Named.of("an error", erring), "org/example/Missing"));
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
        UUID running = running();
        UUID queued = queued(operations, "ingest");

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
        UUID elsewhere = running();

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

    private UUID running() {
        UUID id = queued(operations, "ingest");
        operations.begin(id);
        return id;
    }

    private static JsonNode waitFor(CountDownLatch latch) throws InterruptedException {
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
