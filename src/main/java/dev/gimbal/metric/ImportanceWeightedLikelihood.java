package dev.gimbal.metric;

import java.util.Arrays;

/// How probable a model finds observations: the mean over items of `log 1/K sum_k w_k`, in nats,
/// with importance weights `w_k = p(x, z_k) / q(z_k | x)` (Burda, Grosse and Salakhutdinov 2016).
///
/// On average a lower bound of `log p(x)` that tightens as K grows; compare models at the same K.
public final class ImportanceWeightedLikelihood {
    private ImportanceWeightedLikelihood() {}

    /// The mean, in nats an item.
    ///
    /// @param logWeights `[item][sample]`, in double precision, as many samples of each
    /// @throws IllegalArgumentException without items, when their samples differ in number, or when
    ///   a weight is not a number
    public static double of(double[][] logWeights) {
        if (logWeights.length == 0) {
            throw new IllegalArgumentException("no items");
        }
        int samples = logWeights[0].length;
        double sum = 0;
        for (double[] item : logWeights) {
            if (item.length != samples || Arrays.stream(item).anyMatch(Double::isNaN)) {
                throw new IllegalArgumentException(
                        "an item has %d samples where the first has %d, or one is not a number"
                                .formatted(item.length, samples));
            }
            sum += LogMeanExp.of(item);
        }
        return sum / logWeights.length;
    }
}
