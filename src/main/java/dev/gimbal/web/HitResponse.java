package dev.gimbal.web;

import dev.gimbal.retrieval.Hit;
import dev.gimbal.traversal.LatentTraversal;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/// One hit over HTTP.
///
/// @param contentHash of its payloads: as long as it stays, so do they
/// @param ranks of fused hits, the rank in each modality
/// @param rankAtRest in traversals its rank at `z`, before a factor is moved
/// @param rankChange by how many places it rose
record HitResponse(
        int rank,
        String id,
        double score,
        Set<String> modalities,
        ObjectNode attributes,
        String contentHash,
        @Nullable Map<String, Integer> ranks,
        @Nullable Integer rankAtRest,
        @Nullable Integer rankChange) {

    static HitResponse of(Hit hit) {
        return of(hit, null, null);
    }

    static HitResponse of(LatentTraversal.MovedHit moved) {
        return of(moved.hit(), moved.rankAtRest(), moved.rankChange());
    }

    private static HitResponse of(Hit hit, @Nullable Integer rest, @Nullable Integer change) {
        return new HitResponse(
                hit.rank(),
                hit.item().externalId(),
                hit.score(),
                new TreeSet<>(hit.item().modalities()),
                hit.item().attributes(),
                hit.item().contentHash(),
                hit.ranks().isEmpty() ? null : hit.ranks(),
                rest,
                change);
    }
}
