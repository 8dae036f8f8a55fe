package dev.gimbal.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.Semaphore;
import org.junit.jupiter.api.Test;

class OverloadRunTest {

    @Test
    void aQuantileIsAnOrderStatistic() {
        List<Double> sorted = List.of(1.0, 2.0, 3.0, 4.0);
        assertThat(OverloadRun.quantile(sorted, 0.5)).isEqualTo(3);
        assertThat(OverloadRun.quantile(sorted, 0.99)).isEqualTo(4);
        assertThat(OverloadRun.quantile(List.of(), 0.5)).isNaN();
    }

    @Test
    void requestsAreSentAtTheirRateWhetherAnsweredOrNot() throws InterruptedException {
        OpenLoop.Result result =
                new OpenLoop(() -> slow(200), 1000).run(100, Duration.ofMillis(500));
        assertThat(result.sent()).isCloseTo(100, within(20.0));
        assertThat(result.times(200)).hasSize(result.answers().size());
        assertThat(result.times(200)).allMatch(millis -> millis >= 49);
    }

    @Test
    void aServiceWithFourPlacesIsMeasuredAsWhatItIs() throws InterruptedException {
        Semaphore places = new Semaphore(4);
        OpenLoop loop =
                new OpenLoop(
                        () -> {
                            if (!places.tryAcquire()) {
                                return 429;
                            }
                            try {
                                return slow(200);
                            } finally {
                                places.release();
                            }
                        },
                        1000);
        OverloadRun run = OverloadRun.measure(loop, Duration.ofMillis(600), 0);
        assertThat(run.capacity()).isCloseTo(80, within(20.0));
        assertThat(run.accepted()).isCloseTo(80, within(25.0));
        assertThat(run.acceptedP99()).isLessThan(200);
        assertThat(run.refusedMedian()).isLessThan(20);
        assertThat(run.otherShare()).isZero();
        assertThat(run.recoveredSeconds()).isLessThan(5);
        assertThat(run.table()).contains("| capacity, requests a second |");
    }

    private static int slow(int status) {
        try {
            Thread.sleep(50);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
        return status;
    }
}
