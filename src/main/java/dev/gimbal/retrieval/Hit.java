package dev.gimbal.retrieval;

import dev.gimbal.store.Item;
import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;

/// One item that was found.
///
/// @param rank from 1
/// @param score log-likelihood in nats, negative distance or cosine: larger is closer; of fused
///   hits the sum of [RankFusion]
/// @param ranks of fused hits, the rank in each modality that found it; else empty
public record Hit(int rank, Item item, double score, Map<String, Integer> ranks) {
    public Hit {
        ranks = Collections.unmodifiableMap(new TreeMap<>(ranks));
    }

    /// A hit of one modality.
    public Hit(int rank, Item item, double score) {
        this(rank, item, score, Map.of());
    }
}
