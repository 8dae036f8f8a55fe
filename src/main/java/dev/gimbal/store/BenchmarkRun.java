package dev.gimbal.store;

import java.time.Instant;
import java.util.UUID;
import tools.jackson.databind.JsonNode;

/// One run of a benchmark: enough to run it again and get the same numbers.
///
/// @param model fingerprint
/// @param data fingerprint
/// @param settings the protocol's parameters
/// @param environment CPU type, thread count, engine version: the same numbers need the same
public record BenchmarkRun(
        UUID id,
        String protocol,
        long seed,
        String model,
        String data,
        JsonNode settings,
        JsonNode environment,
        JsonNode metrics,
        Instant created) {}
