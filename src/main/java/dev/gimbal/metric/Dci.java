package dev.gimbal.metric;

import java.util.Arrays;
import java.util.stream.IntStream;

/// Goodness of latents (Sec. 3.2, Kim et al. 2020): each in `[0, 1]`, more is better.
///
/// @param disentanglement how far each latent belongs to one factor
/// @param completeness how far each factor belongs to one latent
/// @param informativeness how well the best latent follows each factor
public record Dci(double disentanglement, double completeness, double informativeness) {
    private static final double ROUNDING = 1e-9;

    /// The sharpness by which results are reported.
    public static final double ALPHA = 10;

    /// From a table `c[j][k]` of absolute correlations between latent j (d rows) and factor k (K
    /// columns), with `rho(c) = exp(alpha c)`.
    ///
    /// `D = 1 - (1/d) sum_j H_j`, where `H_j = -(1/log K) sum_k p_jk log p_jk` and `p_jk =
    /// rho(c_jk) / sum_k' rho(c_jk')`, a sum over the K factors (Eq. 13 prints d). C is the same
    /// for columns, its entropy divided by log d. `I = (1/K) sum_k max_j c_jk`. A greater alpha
    /// forgives weaker side effects, so numbers compare only under one alpha: [#ALPHA].
    ///
    /// @throws IllegalArgumentException when the table is empty, ragged, or holds anything outside
    ///   `[0, 1]`
    public static Dci of(double[][] correlations, double alpha) {
        requireTable(correlations);
        double[][] columns = transpose(correlations);
        return new Dci(
                1 - meanEntropy(correlations, alpha),
                1 - meanEntropy(columns, alpha),
                Arrays.stream(columns)
                        .mapToDouble(column -> Arrays.stream(column).max().orElseThrow())
                        .average()
                        .orElseThrow());
    }

    private static double meanEntropy(double[][] rows, double alpha) {
        return Arrays.stream(rows)
                .mapToDouble(row ->
                        Entropy.normalised(
                                Arrays.stream(row).map(c -> Math.exp(alpha * c)).toArray()))
                .average()
                .orElseThrow();
    }

    static double[][] transpose(double[][] table) {
        return IntStream.range(0, table[0].length)
                .mapToObj(k -> Arrays.stream(table).mapToDouble(row -> row[k]).toArray())
                .toArray(double[][]::new);
    }

    private static void requireTable(double[][] table) {
        if (table.length == 0 || table[0].length == 0) {
            throw new IllegalArgumentException("the table of correlations is empty");
        }
        for (double[] row : table) {
            if (row.length != table[0].length) {
                throw new IllegalArgumentException("the table's rows have different lengths");
            }
            for (double c : row) {
                if (!(c >= 0 && c <= 1 + ROUNDING)) {
                    throw new IllegalArgumentException("absolute correlations lie in [0, 1]: " + c);
                }
            }
        }
    }
}
