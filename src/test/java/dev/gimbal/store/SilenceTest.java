package dev.gimbal.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class SilenceTest {
    private static final long SECOND = Duration.ofSeconds(1).toNanos();
    private static final Instant NOON = Instant.parse("2026-11-21T12:00:00Z");

    private final Silence silence = new Silence(Duration.ofSeconds(60));
    private final UUID id = UUID.randomUUID();

    @Test
    void whatNobodyTouchesIsSilentAfterAMinuteOfOurOwnClock() {
        assertThat(silence.after(Map.of(id, NOON), 0)).isEmpty();
        assertThat(silence.after(Map.of(id, NOON), 59 * SECOND)).isEmpty();
        assertThat(silence.after(Map.of(id, NOON), 60 * SECOND))
                .containsExactly(Map.entry(id, NOON));
    }

    @Test
    void anyOtherTouchIsASignOfLifeEvenAnEarlierOne() {
        silence.after(Map.of(id, NOON), 0);
        assertThat(silence.after(Map.of(id, NOON.minusSeconds(86_400)), 59 * SECOND)).isEmpty();
        assertThat(silence.after(Map.of(id, NOON.minusSeconds(86_400)), 118 * SECOND)).isEmpty();
    }

    @Test
    void aTouchLongAgoByTheDatabasesClockSaysNothing() {
        assertThat(silence.after(Map.of(id, NOON.minusSeconds(1_000_000)), SECOND)).isEmpty();
    }
}
