package dev.gimbal.store;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/// Work that outlasts a request.
///
/// @param kind such as `ingest` or `benchmark`
/// @param done how much of `total` is done, in units of the kind
/// @param total 0 while unknown
/// @param error why it failed
/// @param result what it came to, once it succeeded
public record Operation(
        UUID id,
        String kind,
        State state,
        long done,
        long total,
        @Nullable String error,
        @Nullable JsonNode result,
        Instant created,
        Instant updated) {

    /// Where it stands; the last three are final.
    public enum State {
        QUEUED,
        RUNNING,
        SUCCEEDED,
        FAILED,
        CANCELLED
    }

    /// Whether nothing more will happen.
    public boolean finished() {
        return switch (state) {
            case QUEUED, RUNNING -> false;
            case SUCCEEDED, FAILED, CANCELLED -> true;
        };
    }
}
