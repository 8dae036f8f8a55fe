package dev.gimbal.benchmark;

import dev.gimbal.store.BenchmarkRun;
import dev.gimbal.store.Progress;
import java.util.UUID;

/// Runs a benchmark and keeps its result in the database.
public interface BenchmarkRunner {

    /// Refuses a plan that cannot be run, before it is queued.
    ///
    /// @throws dev.gimbal.dataset.BadInputException naming the field
    void check(BenchmarkPlan plan);

    /// Runs it.
    ///
    /// @param id under which the result is kept
    BenchmarkRun run(UUID id, BenchmarkPlan plan, Progress progress);
}
