package dev.gimbal.benchmark;

import dev.gimbal.family.Locus;
import dev.gimbal.family.Similarity;
import dev.gimbal.retrieval.OffsetLocator;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Retrieval without a bottleneck, on the same draws as retrieval through z: what a team that has
/// the embeddings already would give up for knobs, or keep.
///
/// @param raw by the cosine of the two embeddings
/// @param offset by `steer=offset` with no knob turned
public record AtRest(RetrievalResult raw, RetrievalResult offset) {

    /// Measures both; `null` where a query's embedding means nothing among the index vectors.
    ///
    /// @param loci where the mean of each query's z lies
    /// @param own each query's embedding, `[query][dimension]`
    /// @param vectors of the items
    static @Nullable AtRest of(
            RetrievalProtocol protocol, List<Locus> loci, float[][] own, float[][] vectors) {
        if (loci.getFirst().similarity() == Similarity.INNER_PRODUCT
                || own[0].length != vectors[0].length) {
            return null;
        }
        List<Locus> raw = new ArrayList<>();
        List<Locus> offset = new ArrayList<>();
        for (int i = 0; i < own.length; i++) {
            Locus rest = loci.get(i);
            raw.add(new Locus(own[i], Similarity.COSINE, 1, 0));
            offset.addAll(
                    new OffsetLocator(_ -> List.of(rest), rest, own[i])
                            .locate(List.of(rest.point())));
        }
        return new AtRest(protocol.run(raw, vectors), protocol.run(offset, vectors));
    }
}
