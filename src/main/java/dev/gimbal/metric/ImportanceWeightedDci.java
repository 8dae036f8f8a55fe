package dev.gimbal.metric;

import dev.gimbal.dataset.FactorTable;
import java.util.Arrays;
import java.util.stream.IntStream;

/// D, C and I from how much each latent helps to predict each factor (Eastwood and Williams 2018,
/// as in disentanglement_lib), beside the traversal's [Dci].
///
/// A model for each factor, [GradientBoostedTrees] from all latents, gives the importance R[j][k]
/// of latent j for factor k. `D = sum_j w_j (1 - H_K(R[j][.]))` with `w_j = sum_k R[j][k] / sum R`,
/// so that a dead latent costs nothing; `C = sum_k w_k (1 - H_d(R[.][k]))` with `w_k` likewise; I
/// is the mean R^2 on held-out data, at least 0 each (there: accuracy, since its factors are
/// classes).
public final class ImportanceWeightedDci {
    private static final int LEAST_SAMPLES = 10;

    private ImportanceWeightedDci() {}

    /// Fits on one split, measures I on another.
    ///
    /// @param trainCodes `[sample][latent]`
    /// @param testCodes `[sample][latent]`
    /// @param seed of the trees' tie-breaking
    /// @throws IllegalArgumentException when sizes do not match, a code is not finite, there are
    ///   fewer than 10 samples, or a factor does not vary
    public static Dci of(
            float[][] trainCodes,
            FactorTable trainFactors,
            float[][] testCodes,
            FactorTable testFactors,
            long seed) {
        require(trainCodes, trainFactors);
        require(testCodes, testFactors);
        int factors = trainFactors.names().size();
        double[][] importance = new double[trainCodes[0].length][factors];
        double explained = 0;
        for (int k = 0; k < factors; k++) {
            GradientBoostedTrees model =
                    GradientBoostedTrees.fit(trainCodes, column(trainFactors, k), seed + k);
            double[] shares = model.importance();
            for (int j = 0; j < shares.length; j++) {
                importance[j][k] = shares[j];
            }
            explained += Math.max(0, rSquared(model, testCodes, testFactors, k)) / factors;
        }
        return new Dci(weighted(importance), weighted(Dci.transpose(importance)), explained);
    }

    /// `sum_r w_r (1 - H(row r))`, w a row's share of the whole; 0 when nothing has importance.
    static double weighted(double[][] rows) {
        double total = Arrays.stream(rows).flatMapToDouble(Arrays::stream).sum();
        double score = 0;
        for (double[] row : rows) {
            double weight = Arrays.stream(row).sum();
            if (weight > 0) {
                score += weight / total * (1 - Entropy.normalised(row));
            }
        }
        return score;
    }

    private static double rSquared(
            GradientBoostedTrees model, float[][] codes, FactorTable factors, int k) {
        double[] truth = column(factors, k);
        double mean = Arrays.stream(truth).average().orElseThrow();
        double residual = 0;
        double total = 0;
        for (int i = 0; i < truth.length; i++) {
            double error = truth[i] - model.predict(codes[i]);
            residual += error * error;
            total += (truth[i] - mean) * (truth[i] - mean);
        }
        return 1 - residual / total;
    }

    private static double[] column(FactorTable factors, int k) {
        return Arrays.stream(factors.values()).mapToDouble(row -> row[k]).toArray();
    }

    private static void require(float[][] codes, FactorTable factors) {
        if (codes.length != factors.values().length || codes.length < LEAST_SAMPLES) {
            throw new IllegalArgumentException(
                    "%d codes and %d rows of factors, at least %d of each are needed"
                            .formatted(codes.length, factors.values().length, LEAST_SAMPLES));
        }
        for (float[] code : codes) {
            for (float entry : code) {
                if (!Float.isFinite(entry) || code.length != codes[0].length) {
                    throw new IllegalArgumentException(
                            "codes must be finite and of one length: " + Arrays.toString(code));
                }
            }
        }
        IntStream.range(0, factors.names().size()).forEach(k -> requireVaries(factors, k));
    }

    private static void requireVaries(FactorTable factors, int k) {
        if (Arrays.stream(column(factors, k)).distinct().limit(2).count() < 2) {
            throw new IllegalArgumentException(
                    "factor '" + factors.names().get(k) + "' does not vary");
        }
    }
}
