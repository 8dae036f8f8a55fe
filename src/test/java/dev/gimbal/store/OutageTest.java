package dev.gimbal.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchRuntimeException;

import org.junit.jupiter.api.Test;

class OutageTest {
    private final Database database = new Database(TestDatabase.shared());

    @Test
    void whatIsBeyondTheServersLimitsIsNone() {
        RuntimeException refused =
                catchRuntimeException(() ->
                        database.jdbc()
                                .sql("SELECT repeat('[', 1000000)::jsonb")
                                .query(String.class)
                                .single());
        assertThat(refused).hasMessageContaining("stack depth limit exceeded");
        assertThat(Outage.is(refused)).isFalse();
    }

    @Test
    void aConnectionThatIsCutIsOne() {
        RuntimeException cut =
                catchRuntimeException(() ->
                        database.jdbc()
                                .sql("SELECT pg_terminate_backend(pg_backend_pid())")
                                .query(Boolean.class)
                                .single());
        assertThat(Outage.is(cut)).isTrue();
    }
}
