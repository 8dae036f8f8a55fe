package dev.gimbal.benchmark;

import dev.gimbal.bundle.Factor;
import dev.gimbal.dataset.FactorTable;
import dev.gimbal.embedding.DeviceChoice;
import dev.gimbal.family.Locus;
import dev.gimbal.index.NearestVectors;
import dev.gimbal.metric.TraversalCorrelation;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/// The traversal protocol of Sec. 3.2 (Kim et al. 2020): from each query's z, one latent at a time
/// goes from the 1st to the 99th percentile of the training queries' values in even steps, the
/// others staying where they are; each step's nearest item is looked up, and its true factors are
/// correlated with the latent. Equally near items: the first counts.
///
/// @param steps 50 in all results
record TraversalProtocol(int steps) {
    /// The one that results are reported by.
    public static final TraversalProtocol STANDARD = new TraversalProtocol(50);

    private static final int LARGEST_BATCH = 4_096;

    public TraversalProtocol {
        if (steps < 2) {
            throw new IllegalArgumentException("steps must be at least 2: " + steps);
        }
    }

    /// Finds where latent points lie in the index space.
    @FunctionalInterface
    public interface Locator {
        /// @param z `[batch][latent]`, at most some thousands
        /// @return one locus for each
        List<Locus> locate(float[][] z);
    }

    /// Runs it for all queries.
    ///
    /// @param means `[query][latent]`, the mean of each query's z
    /// @param ranges one for each latent; its `low` and `high` are the ends of the traversal
    /// @param indexVectors `[item][dimension]`, what is searched
    /// @param factors true factors of those items, in their order
    /// @throws IllegalArgumentException when sizes do not match or there are no queries or factors
    public TraversalResult run(
            float[][] means,
            List<Factor> ranges,
            Locator locator,
            float[][] indexVectors,
            FactorTable factors) {
        require(means, ranges, indexVectors, factors);
        int perQuery = ranges.size() * steps;
        int chunk = Math.max(1, LARGEST_BATCH / perQuery);
        List<double[][]> tables = new ArrayList<>();
        try (NearestVectors items = new NearestVectors(indexVectors, DeviceChoice.AUTO)) {
            for (int from = 0; from < means.length; from += chunk) {
                float[][] queries =
                        Arrays.copyOfRange(means, from, Math.min(means.length, from + chunk));
                int[] found = items.nearest(locator.locate(points(queries, ranges)));
                for (int q = 0; q < queries.length; q++) {
                    tables.add(table(found, q * perQuery, ranges, factors));
                }
            }
        }
        return TraversalResult.of(factors.names(), TraversalCorrelation.average(tables));
    }

    /// All points of these queries' traversals: query by query, latent by latent, step by step.
    private float[][] points(float[][] queries, List<Factor> ranges) {
        List<float[]> points = new ArrayList<>();
        for (float[] query : queries) {
            for (int j = 0; j < ranges.size(); j++) {
                for (int step = 0; step < steps; step++) {
                    float[] z = query.clone();
                    z[j] = (float) position(ranges.get(j), step);
                    points.add(z);
                }
            }
        }
        return points.toArray(float[][]::new);
    }

    private double position(Factor range, int step) {
        return range.low() + (range.high() - range.low()) * step / (steps - 1);
    }

    private double[][] table(int[] found, int from, List<Factor> ranges, FactorTable factors) {
        double[][] table = new double[ranges.size()][factors.names().size()];
        for (int j = 0; j < table.length; j++) {
            Factor range = ranges.get(j);
            int start = from + j * steps;
            double[] z = IntStream.range(0, steps).mapToDouble(s -> position(range, s)).toArray();
            for (int k = 0; k < table[j].length; k++) {
                int factor = k;
                table[j][k] =
                        TraversalCorrelation.of(
                                z,
                                IntStream.range(start, start + steps)
                                        .mapToDouble(i -> factors.values()[found[i]][factor])
                                        .toArray());
            }
        }
        return table;
    }

    private static void require(
            float[][] means, List<Factor> ranges, float[][] indexVectors, FactorTable factors) {
        if (means.length == 0 || factors.isEmpty()) {
            throw new IllegalArgumentException("a traversal needs queries and true factors");
        }
        if (factors.values().length != indexVectors.length) {
            throw new IllegalArgumentException(
                    "%d items and %d rows of factors"
                            .formatted(indexVectors.length, factors.values().length));
        }
        for (float[] mean : means) {
            if (mean.length != ranges.size()) {
                throw new IllegalArgumentException(
                        "z has %d entries, %d ranges are given"
                                .formatted(mean.length, ranges.size()));
            }
        }
    }
}
