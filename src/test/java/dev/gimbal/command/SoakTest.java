package dev.gimbal.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class SoakTest {
    @Test
    void whatFailedWasNotAnswered() {
        AtomicLong calls = new AtomicLong();
        AtomicLong answered = new AtomicLong();
        Soak.Call everyOther =
                () -> {
                    sleep();
                    if (calls.incrementAndGet() % 2 == 0) {
                        throw new IOException("refused");
                    }
                    answered.incrementAndGet();
                };
        Soak soak = new Soak(new RemoteService(), everyOther, () -> 1);

        long counted = soak.repeated(Duration.ofMillis(200));

        assertThat(counted).isPositive().isEqualTo(answered.get());
    }

    @Test
    void theRateIsThatOfTheAnswersAndNotOfThePlan() {
        Soak.Outcome outcome =
                new Soak.Outcome(
                        600, 420, 120, 36_000, new double[] {1, 2}, 3, Map.of(), List.of(10L, 11L));

        assertThat(outcome.answeredASecond()).isEqualTo(300);
        assertThat(outcome.growth()).isEqualTo(1.1, within(1e-12));
    }

    private static void sleep() {
        try {
            Thread.sleep(5);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
