package dev.gimbal.retrieval;

import java.time.Duration;

/// A query was worked on for as long as one may be.
public final class TimeLimitException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    TimeLimitException(Duration limit) {
        super(
                "not done within %s s; ask for less, or come back when there is less to do"
                        .formatted(limit.toMillis() / 1e3));
    }
}
