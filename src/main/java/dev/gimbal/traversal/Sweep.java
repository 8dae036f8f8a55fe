package dev.gimbal.traversal;

import dev.gimbal.bundle.Factor;
import dev.gimbal.dataset.BadInputException;
import java.util.List;

/// Which factors a traversal moves, and through which values.
///
/// @param factors by name or position from 0; empty for all, unless some are combined
/// @param combined several factors turned as one
/// @param steps values of each factor, evenly spaced, both ends included
/// @param span what `low` and `high` mean
/// @param low first value, in aggregated standard deviations from the aggregated mean
/// @param high last value, likewise
public record Sweep(
        List<String> factors,
        List<CombinedFactor> combined,
        int steps,
        Span span,
        double low,
        double high) {

    /// Most values of one factor.
    public static final int MAX_STEPS = 200;

    /// What a sweep's ends are.
    public enum Span {
        /// `low` and `high` aggregated standard deviations from the aggregated mean.
        DEVIATIONS,
        /// The 1st to the 99th percentile of the training queries; `low` and `high` are not used.
        PERCENTILES
    }

    public Sweep {
        factors = List.copyOf(factors);
        combined = List.copyOf(combined);
        if (steps < 2 || steps > MAX_STEPS) {
            throw new BadInputException("steps", steps, "steps must be 2 to " + MAX_STEPS);
        }
        Offsets.requireRange(low, high);
    }

    /// The values of z_j at each step.
    public double[] values(Factor factor) {
        double from =
                switch (span) {
                    case DEVIATIONS -> factor.mean() + low * factor.deviation();
                    case PERCENTILES -> factor.low();
                };
        double to =
                switch (span) {
                    case DEVIATIONS -> factor.mean() + high * factor.deviation();
                    case PERCENTILES -> factor.high();
                };
        double[] values = new double[steps];
        for (int i = 0; i < steps; i++) {
            values[i] = from + (to - from) * i / (steps - 1);
        }
        return values;
    }
}
