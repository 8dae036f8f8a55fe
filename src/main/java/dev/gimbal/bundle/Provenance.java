package dev.gimbal.bundle;

import java.time.Instant;
import java.util.Map;

/// Where a model comes from: enough to train it again.
///
/// @param dataset name of the data set
/// @param dataFingerprint SHA-256 of its content
/// @param seed of all randomness
/// @param commit of the program, or `unknown`
/// @param versions of engine and libraries
/// @param settings every setting of the training
/// @param trained when it was finished
/// @param seconds how long the training took
public record Provenance(
        String dataset,
        String dataFingerprint,
        long seed,
        String commit,
        Map<String, String> versions,
        Map<String, Object> settings,
        Instant trained,
        double seconds) {}
