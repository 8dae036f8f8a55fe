package dev.gimbal.retrieval;

/// Time of one request in milliseconds; the total holds what is neither embedding, search nor fetch
/// too.
public record Timing(double embedMs, double searchMs, double fetchMs, double totalMs) {}
