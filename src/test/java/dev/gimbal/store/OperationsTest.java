package dev.gimbal.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class OperationsTest {
    private final Operations operations = new Operations(new Database(TestDatabase.shared()));

    /// An operation that waits.
    static UUID queued(Operations operations, String kind) {
        UUID id = UUID.randomUUID();
        operations.queue(id, kind);
        return id;
    }

    @Test
    void aBeginningThatIsRepeatedAfterAnOutageCounts() {
        UUID id = queued(operations, "ingest");
        assertThat(operations.begin(id)).isTrue();
        assertThat(operations.begin(id)).isTrue();
        operations.end(id, Operation.State.FAILED, "test", null);
        assertThat(operations.begin(id)).isFalse();
    }

    @Test
    void whatEndedIsForgottenButForTheNewestOfItsKind() {
        String kind = "kind-" + UUID.randomUUID();
        UUID first = queued(operations, kind);
        UUID second = queued(operations, kind);
        UUID third = queued(operations, kind);
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
    void cancellingTheUnknownSaysSo() {
        UUID unknown = UUID.randomUUID();
        assertThatThrownBy(() -> operations.cancel(unknown))
                .isInstanceOf(NotFoundException.class)
                .hasMessage("no operation '" + unknown + "'");
    }
}
