package dev.gimbal.retrieval;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.observation.ObservationRegistry;
import org.springframework.stereotype.Component;

/// Starts stopwatches that feed the service's meters and, where they are on, its traces, and hold
/// each request to its time.
@Component
public final class Stopwatches {
    private final MeterRegistry meters;
    private final ObservationRegistry observations;
    private final RetrievalSettings settings;

    public Stopwatches(
            MeterRegistry meters, ObservationRegistry observations, RetrievalSettings settings) {
        this.meters = meters;
        this.observations = observations;
        this.settings = settings;
    }

    /// One for a request.
    ///
    /// @param start of the request by [System#nanoTime()]
    public Stopwatch start(long start) {
        return new Stopwatch(meters, observations, start, settings.maxTime());
    }
}
