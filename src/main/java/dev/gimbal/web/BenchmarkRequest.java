package dev.gimbal.web;

import org.jspecify.annotations.Nullable;

/// The body of `POST /v1/benchmarks`: the protocol of Sec. 3.1 of Kim et al. 2020.
///
/// @param model fingerprint or name
/// @param dataset by the name that the command line knows it by
/// @param size items of a search set, 1,000 unless given
/// @param draws search sets drawn at random, 10 unless given
/// @param seed of the draws, 1 unless given
record BenchmarkRequest(
        @Nullable String model,
        @Nullable String dataset,
        @Nullable Integer size,
        @Nullable Integer draws,
        @Nullable Long seed) {}
