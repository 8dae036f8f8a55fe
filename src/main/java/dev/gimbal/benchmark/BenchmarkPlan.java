package dev.gimbal.benchmark;

import dev.gimbal.dataset.BadInputException;

/// Which benchmark to run.
///
/// @param model fingerprint of the model
/// @param dataset by the name that the command line knows it by
/// @param size items of one search set
/// @param draws search sets drawn at random
/// @param seed of the draws
public record BenchmarkPlan(String model, String dataset, int size, int draws, long seed) {
    public BenchmarkPlan {
        if (size < 1 || size > 1_000_000) {
            throw new BadInputException("size", size, "size must be 1 to 1000000");
        }
        if (draws < 1 || draws > 100) {
            throw new BadInputException("draws", draws, "draws must be 1 to 100");
        }
    }
}
