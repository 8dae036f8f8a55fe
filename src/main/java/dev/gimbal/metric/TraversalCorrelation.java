package dev.gimbal.metric;

import java.util.List;

/// How closely the true factors of retrieved items follow a latent that is being turned (Sec. 3.2,
/// Kim et al. 2020).
public final class TraversalCorrelation {
    private static final double LEAST_SHARE = 1e-12;

    private TraversalCorrelation() {}

    /// `|Corr(z, f)|`, Pearson's; 0 when either does not vary, since a factor that stays put is not
    /// moved by the latent.
    ///
    /// @throws IllegalArgumentException when the lengths differ or there are fewer than two points
    public static double of(double[] z, double[] factor) {
        if (z.length != factor.length || z.length < 2) {
            throw new IllegalArgumentException(
                    "%d positions and %d factor values".formatted(z.length, factor.length));
        }
        double meanZ = mean(z);
        double meanFactor = mean(factor);
        double squaresZ = 0;
        double squaresFactor = 0;
        double products = 0;
        for (int i = 0; i < z.length; i++) {
            double dz = z[i] - meanZ;
            double df = factor[i] - meanFactor;
            squaresZ += dz * dz;
            squaresFactor += df * df;
            products += dz * df;
        }
        if (isConstant(squaresZ, meanZ, z.length)
                || isConstant(squaresFactor, meanFactor, z.length)) {
            return 0;
        }
        return Math.min(1, Math.abs(products) / Math.sqrt(squaresZ * squaresFactor));
    }

    /// The mean of each cell over queries.
    ///
    /// @param tables one `[latent][factor]` table for each query
    public static double[][] average(List<double[][]> tables) {
        if (tables.isEmpty()) {
            throw new IllegalArgumentException("no tables: there was no query");
        }
        double[][] first = tables.getFirst();
        double[][] average = new double[first.length][first[0].length];
        for (double[][] table : tables) {
            for (int j = 0; j < average.length; j++) {
                for (int k = 0; k < average[j].length; k++) {
                    average[j][k] += table[j][k] / tables.size();
                }
            }
        }
        return average;
    }

    private static double mean(double[] values) {
        double sum = 0;
        for (double value : values) {
            sum += value;
        }
        return sum / values.length;
    }

    /// Whether what varies is no more than the rounding of the mean.
    private static boolean isConstant(double squares, double mean, int n) {
        return squares <= LEAST_SHARE * LEAST_SHARE * n * mean * mean;
    }
}
