package dev.gimbal.benchmark;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.gimbal.bundle.Factor;
import dev.gimbal.bundle.LatentSpace;
import dev.gimbal.dataset.FactorTable;
import dev.gimbal.dataset.MultimodalDataset;
import dev.gimbal.dataset.Split;
import dev.gimbal.embedding.Embedder;
import dev.gimbal.family.Alignment;
import dev.gimbal.family.Locus;
import dev.gimbal.metric.Dci;
import dev.gimbal.metric.ImportanceWeightedDci;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// Everything that is reported of one model on one split of a data set.
///
/// @param query modality of the queries
/// @param target modality of the items
/// @param split which examples were queries and items
/// @param retrieval recall and ranks over random draws
/// @param rest what the embeddings reach by themselves, beside the retrieval through z; `null`
///   where the two modalities do not share a space
/// @param oracle the same by the distance of both items' true factors, which no model exceeds but
///   by luck; `null` when the data have none
/// @param aligned D/C/I by traversal along the model's factors; `null` when the data have no
///   factors
/// @param raw the same along the axes as the heads were trained, before any alignment; `null` for
///   families without one
/// @param importance D/C/I from boosted trees, on the model's factors
/// @param queries how many queries were traversed
/// @param backward the same for the way back, where the model leads back
public record Evaluation(
        String query,
        String target,
        Split split,
        RetrievalResult retrieval,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable AtRest rest,
        @Nullable RetrievalResult oracle,
        @Nullable TraversalResult aligned,
        @Nullable TraversalResult raw,
        @Nullable Dci importance,
        int queries,
        @Nullable Evaluation backward) {
    private static final int MOST_QUERIES = 200;
    private static final int LEAST_QUERIES = 20;
    private static final int MOST_COMPARED = 1_000_000;

    /// Measures a model in every direction that it leads.
    ///
    /// @param protocol of the draws; a smaller split is drawn whole
    public static Evaluation of(
            Embedder model, MultimodalDataset dataset, Split split, RetrievalProtocol protocol) {
        return of(model, dataset, split, protocol, () -> {});
    }

    /// The same, which a checkpoint can end.
    ///
    /// @param checkpoint called between the steps; what it throws ends the evaluation
    public static Evaluation of(
            Embedder model,
            MultimodalDataset dataset,
            Split split,
            RetrievalProtocol protocol,
            Runnable checkpoint) {
        Map<String, float[][]> embedded = new HashMap<>();
        Function<String, float[][]> vectors =
                modality -> {
                    checkpoint.run();
                    return embedded.computeIfAbsent(
                            modality,
                            m -> model.indexVectorsOfAll(m, SplitValues.of(dataset, split, m)));
                };
        Evaluation whole = null;
        for (LatentSpace space : model.manifest().latentSpaces().reversed()) {
            whole = oneWay(model, space, dataset, split, protocol, vectors, checkpoint).with(whole);
        }
        return Objects.requireNonNull(whole);
    }

    private Evaluation with(@Nullable Evaluation back) {
        return new Evaluation(
                query,
                target,
                split,
                retrieval,
                rest,
                oracle,
                aligned,
                raw,
                importance,
                queries,
                back);
    }

    private static Evaluation oneWay(
            Embedder model,
            LatentSpace space,
            MultimodalDataset dataset,
            Split split,
            RetrievalProtocol protocol,
            Function<String, float[][]> indexVectors,
            Runnable checkpoint) {
        String query = space.queries().getFirst();
        String target = space.target();
        float[][] means = means(model, dataset, split, query, target);
        float[][] vectors = indexVectors.apply(target);
        List<Locus> loci = model.locateAll(target, means);
        RetrievalProtocol fitting = protocol.fitting(vectors.length);
        checkpoint.run();
        RetrievalResult retrieval = fitting.run(loci, vectors);
        AtRest rest = AtRest.of(fitting, loci, indexVectors.apply(query), vectors);
        FactorTable factors = dataset.factors(split);
        if (factors.isEmpty()) {
            return new Evaluation(
                    query, target, split, retrieval, rest, null, null, null, null, 0, null);
        }
        checkpoint.run();
        float[][] training = means(model, dataset, Split.TRAIN, query, target);
        float[][] queries = Arrays.copyOf(means, traversed(means.length));
        checkpoint.run();
        TraversalResult aligned =
                TraversalProtocol.STANDARD.run(
                        queries,
                        Factor.ofEach(training),
                        z -> model.locateAll(target, z),
                        vectors,
                        factors);
        checkpoint.run();
        TraversalResult raw =
                model.alignment(target)
                        .map(alignment ->
                                raw(model, target, alignment, training, queries, vectors, factors))
                        .orElse(null);
        checkpoint.run();
        Dci importance =
                ImportanceWeightedDci.of(
                        training, dataset.factors(Split.TRAIN), means, factors, protocol.seed());
        return new Evaluation(
                query,
                target,
                split,
                retrieval,
                rest,
                oracle(fitting, factors),
                aligned,
                raw,
                importance,
                queries.length,
                null);
    }

    private static TraversalResult raw(
            Embedder model,
            String target,
            Alignment alignment,
            float[][] training,
            float[][] queries,
            float[][] vectors,
            FactorTable factors) {
        return TraversalProtocol.STANDARD.run(
                each(queries, alignment::invert),
                Factor.ofEach(each(training, alignment::invert)),
                z -> model.locateAll(target, each(z, alignment::apply)),
                vectors,
                factors);
    }

    private static float[][] each(
            float[][] rows, java.util.function.UnaryOperator<float[]> function) {
        return Arrays.stream(rows).map(function).toArray(float[][]::new);
    }

    private static float[][] means(
            Embedder model, MultimodalDataset dataset, Split split, String query, String target) {
        return model.meansOfAll(target, query, SplitValues.of(dataset, split, query));
    }

    /// The most that could be reached: ranks by the distance of the true factors themselves.
    private static RetrievalResult oracle(RetrievalProtocol protocol, FactorTable factors) {
        return protocol.run(
                factors.values().length,
                (query, item) -> {
                    float[] f = factors.values()[query];
                    float[] g = factors.values()[item];
                    double distance = 0;
                    for (int k = 0; k < f.length; k++) {
                        distance += (f[k] - g[k]) * (f[k] - g[k]);
                    }
                    return -distance;
                });
    }

    /// 200, and fewer among many items, down to about 20 as in Sec. 3.6.
    private static int traversed(int items) {
        return Math.min(items, Math.clamp(MOST_COMPARED / items, LEAST_QUERIES, MOST_QUERIES));
    }
}
