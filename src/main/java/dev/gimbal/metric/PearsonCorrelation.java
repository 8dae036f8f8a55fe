package dev.gimbal.metric;

/// Pearson's correlation with its sign; see [TraversalCorrelation] for its size alone.
public final class PearsonCorrelation {
    private PearsonCorrelation() {}

    /// The correlation of two columns; 0 when either does not vary.
    ///
    /// @throws IllegalArgumentException when the lengths differ or there are fewer than two rows
    public static double of(double[] x, double[] y) {
        double size = TraversalCorrelation.of(x, y);
        double products = 0;
        double mean = java.util.Arrays.stream(x).average().orElseThrow();
        for (int i = 0; i < x.length; i++) {
            products += (x[i] - mean) * y[i];
        }
        return products < 0 ? -size : size;
    }
}
