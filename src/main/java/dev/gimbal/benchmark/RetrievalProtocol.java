package dev.gimbal.benchmark;

import dev.gimbal.family.Locus;
import dev.gimbal.metric.Ranks;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import java.util.stream.IntStream;

/// The retrieval protocol of Sec. 3 (Kim et al. 2020): several times, draw N pairs from the test
/// split, search each drawn query's item among the N drawn items, and average the draws' metrics
/// (the median rank too: the mean of the medians).
///
/// The draws depend on the seed and the number of pairs alone, so that models, and both directions,
/// are compared on the same ones; hand in pairs in a fixed order, such as that of their ids.
///
/// @param searchSet N
/// @param draws how many
/// @param seed of the draws
public record RetrievalProtocol(int searchSet, int draws, long seed) {
    public RetrievalProtocol {
        if (searchSet < 1 || draws < 1) {
            throw new IllegalArgumentException(
                    "searchSet and draws must be positive: " + searchSet + ", " + draws);
        }
    }

    /// How well an item answers a query; larger is better.
    @FunctionalInterface
    public interface PairScore {
        /// Called from several threads.
        double of(int query, int item);
    }

    /// The same for a test split of this many pairs: where there are no more than one draw takes,
    /// all draws would be one.
    RetrievalProtocol fitting(int pairs) {
        return pairs > searchSet ? this : new RetrievalProtocol(pairs, 1, seed);
    }

    /// The paper's: 10 draws of 1,000.
    public static RetrievalProtocol standard(long seed) {
        return new RetrievalProtocol(1_000, 10, seed);
    }

    /// Searches with one point for each query, every item compared.
    ///
    /// @param queries where query i lies in the index space
    /// @param indexVectors `[item][dimension]`, item i being the one that query i looks for
    public RetrievalResult run(List<Locus> queries, float[][] indexVectors) {
        if (queries.size() != indexVectors.length) {
            throw new IllegalArgumentException(
                    "%d queries and %d items are no pairs"
                            .formatted(queries.size(), indexVectors.length));
        }
        return run(queries.size(), (query, item) -> queries.get(query).score(indexVectors[item]))
                .with(PairDistances.of(queries, indexVectors));
    }

    /// Searches by any score.
    ///
    /// @param pairs how many there are to draw from
    /// @throws IllegalArgumentException when there are fewer pairs than are to be drawn
    public RetrievalResult run(int pairs, PairScore score) {
        if (pairs < searchSet) {
            throw new IllegalArgumentException(
                    "cannot draw %d of %d pairs".formatted(searchSet, pairs));
        }
        RandomGenerator random = RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
        List<int[]> results = new ArrayList<>();
        for (int i = 0; i < draws; i++) {
            results.add(ranks(draw(pairs, random), score));
        }
        return RetrievalResult.of(this, results);
    }

    /// The first N places of a shuffle (Fisher-Yates).
    private int[] draw(int pairs, RandomGenerator random) {
        int[] order = IntStream.range(0, pairs).toArray();
        for (int i = 0; i < searchSet; i++) {
            int j = random.nextInt(i, pairs);
            int moved = order[i];
            order[i] = order[j];
            order[j] = moved;
        }
        return Arrays.copyOf(order, searchSet);
    }

    private static int[] ranks(int[] drawn, PairScore score) {
        return IntStream.range(0, drawn.length)
                .parallel()
                .map(own -> {
                    double[] scores = new double[drawn.length];
                    for (int i = 0; i < drawn.length; i++) {
                        scores[i] = score.of(drawn[own], drawn[i]);
                    }
                    return Ranks.of(scores, own);
                })
                .toArray();
    }
}
