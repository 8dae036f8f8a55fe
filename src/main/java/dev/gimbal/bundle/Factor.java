package dev.gimbal.bundle;

/// One latent factor as a knob: its name and the aggregated statistics of z_j over the training
/// queries.
///
/// @param name shown to people; outside the fingerprint, so that renaming invalidates no vector
/// @param mean aggregated mean of z_j
/// @param deviation aggregated standard deviation of z_j: the unit of a knob
/// @param low 1st percentile: a traversal's first end
/// @param high 99th percentile: its other end
public record Factor(String name, double mean, double deviation, double low, double high) {}
