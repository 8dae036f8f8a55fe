package dev.gimbal.retrieval;

import dev.gimbal.store.Item;

/// One item that was found.
///
/// @param rank from 1
/// @param score log-likelihood in nats, negative distance or cosine: larger is closer
public record Hit(int rank, Item item, double score) {}
