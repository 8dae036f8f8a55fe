package dev.gimbal.index;

/// Vectors that can be compared: those of one collection, by one model, of one modality.
///
/// @param fingerprint of the model
public record IndexSpace(String collection, String fingerprint, String modality) {}
