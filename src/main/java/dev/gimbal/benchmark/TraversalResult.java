package dev.gimbal.benchmark;

import dev.gimbal.metric.Dci;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// What turning each latent did to the true factors of the items found.
///
/// @param factors names of the table's columns
/// @param correlations `[latent][factor]`, absolute, averaged over queries
/// @param byAlpha D, C and I under the sharpness that results are reported by, 10, and beside it
///   under 1 and 5
public record TraversalResult(
        List<String> factors, double[][] correlations, Map<Integer, Dci> byAlpha) {
    private static final List<Integer> ALPHAS = List.of(1, 5, (int) Dci.ALPHA);

    static TraversalResult of(List<String> factors, double[][] correlations) {
        Map<Integer, Dci> byAlpha = new TreeMap<>();
        ALPHAS.forEach(alpha -> byAlpha.put(alpha, Dci.of(correlations, alpha)));
        return new TraversalResult(factors, correlations, byAlpha);
    }

    /// D, C and I under alpha = 10.
    public Dci dci() {
        return Dci.of(correlations, Dci.ALPHA);
    }
}
