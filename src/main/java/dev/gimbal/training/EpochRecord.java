package dev.gimbal.training;

import java.util.Map;

/// What one epoch came to.
///
/// @param epoch counted from 1 over all stages
/// @param stage name of its stage
/// @param losses mean of each loss term over the epoch's steps
/// @param validation metrics on the validation split
public record EpochRecord(
        int epoch, String stage, Map<String, Double> losses, Map<String, Double> validation) {}
