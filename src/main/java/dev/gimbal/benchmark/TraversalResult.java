package dev.gimbal.benchmark;

import dev.gimbal.metric.Dci;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;

/// What turning each latent did to the true factors of the items found.
///
/// Where there are at least three latents more than factors, the table is of those that follow any
/// factor most closely, two more than there are factors: Sec. 3.6 of Kim et al. 2020 chooses 10 of
/// 30 for its 8 factors.
///
/// @param factors names of the table's columns
/// @param latents which latents the table's rows are, counted from 0; empty in older results, where
///   they are all
/// @param correlations `[latent][factor]`, absolute, averaged over queries
/// @param byAlpha D, C and I under the sharpness that results are reported by, 10, and beside it
///   under 1 and 5
public record TraversalResult(
        List<String> factors,
        List<Integer> latents,
        double[][] correlations,
        Map<Integer, Dci> byAlpha) {
    private static final int SPARE = 2;
    private static final List<Integer> ALPHAS = List.of(1, 5, (int) Dci.ALPHA);

    public TraversalResult {
        latents = latents == null ? List.of() : List.copyOf(latents);
    }

    /// The result of this table of all latents.
    static TraversalResult of(List<String> factors, double[][] all) {
        List<Integer> latents =
                IntStream.range(0, all.length)
                        .boxed()
                        .sorted(
                                Comparator.comparingDouble(
                                        j -> -Arrays.stream(all[j]).max().orElse(0)))
                        .limit(factors.size() + SPARE)
                        .sorted()
                        .toList();
        double[][] correlations = latents.stream().map(j -> all[j]).toArray(double[][]::new);
        Map<Integer, Dci> byAlpha = new TreeMap<>();
        ALPHAS.forEach(alpha -> byAlpha.put(alpha, Dci.of(correlations, alpha)));
        return new TraversalResult(factors, latents, correlations, byAlpha);
    }

    /// D, C and I under alpha = 10.
    public Dci dci() {
        return Dci.of(correlations, Dci.ALPHA);
    }
}
