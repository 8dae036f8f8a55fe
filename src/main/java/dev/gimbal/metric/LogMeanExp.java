package dev.gimbal.metric;

/// `log(1/S sum exp(x_s))`: an item's score over S samples of z from its S log-likelihoods, or an
/// estimate of its marginal likelihood from S importance weights.
public final class LogMeanExp {
    private LogMeanExp() {}

    /// The log of the mean of the exponentials, shifted by the largest so that nothing overflows.
    ///
    /// @throws IllegalArgumentException without values
    public static double of(double... values) {
        if (values.length == 0) {
            throw new IllegalArgumentException("no values");
        }
        double largest = Double.NEGATIVE_INFINITY;
        for (double value : values) {
            largest = Math.max(largest, value);
        }
        if (Double.isInfinite(largest)) {
            return largest;
        }
        double sum = 0;
        for (double value : values) {
            sum += Math.exp(value - largest);
        }
        return largest + Math.log(sum / values.length);
    }
}
