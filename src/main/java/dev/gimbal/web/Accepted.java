package dev.gimbal.web;

import java.net.URI;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;

/// Work that was taken and goes on in the background.
///
/// @param operation under which `/v1/operations` tells of it
/// @param benchmark under which `/v1/benchmarks` keeps its result
record Accepted(UUID operation, @Nullable UUID benchmark) {

    /// The answer that says where to look.
    static ResponseEntity<Accepted> answer(UUID operation, @Nullable UUID benchmark) {
        return ResponseEntity.accepted()
                .location(URI.create("/v1/operations/" + operation))
                .body(new Accepted(operation, benchmark));
    }
}
