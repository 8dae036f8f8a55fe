package dev.gimbal.web;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import org.springframework.http.HttpStatus;
import org.springframework.http.ProblemDetail;
import org.springframework.stereotype.Component;

/// Counts what is refused or fails: `gimbal.refusals` by `status` and `reason`.
@Component
final class Refusals {
    private final MeterRegistry meters;
    private final Counter overloads;

    Refusals(MeterRegistry meters) {
        this.meters = meters;
        this.overloads = counter(HttpStatus.TOO_MANY_REQUESTS.value(), "Overloaded");
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

    /// Counts a request that was refused at the door.
    void countOverload() {
        overloads.increment();
    }

    private void count(int status, String reason) {
        counter(status, reason).increment();
    }

    private Counter counter(int status, String reason) {
        return meters.counter(
                "gimbal.refusals", "status", Integer.toString(status), "reason", reason);
    }
}
