package dev.gimbal.web;

import io.micrometer.core.instrument.MeterRegistry;
import org.springframework.http.HttpStatus;
import org.springframework.http.ProblemDetail;
import org.springframework.stereotype.Component;

/// Counts what is refused or fails: `gimbal.refusals` by `status` and `reason`.
@Component
final class Refusals {
    private final MeterRegistry meters;

    Refusals(MeterRegistry meters) {
        this.meters = meters;
    }

    /// Counts a problem by the kind of exception that led to it, such as `Overloaded`.
    void count(ProblemDetail problem, Exception exception) {
        count(problem.getStatus(), exception.getClass().getSimpleName().replace("Exception", ""));
    }

    /// Counts a problem that a filter found.
    void count(ProblemDetail problem) {
        HttpStatus status = HttpStatus.resolve(problem.getStatus());
        count(problem.getStatus(), status == null ? "other" : status.getReasonPhrase());
    }

    private void count(int status, String reason) {
        meters.counter("gimbal.refusals", "status", Integer.toString(status), "reason", reason)
                .increment();
    }
}
