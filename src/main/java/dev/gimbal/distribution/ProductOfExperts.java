package dev.gimbal.distribution;

import ai.djl.ndarray.NDArray;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The normalised product of Gaussian experts (Hinton 1999; Eq. 2 of Lee and Pavlovic 2021):
/// precisions add up, and the mean is that of the means by precision.
///
/// The paper prints `C^-1 = sum_i C_i^-1`, which leaves out the precision 1 of the prior `p(z)`
/// that its Eq. 2 names; [#withPrior] has it.
public final class ProductOfExperts {
    private ProductOfExperts() {}

    /// One expert of a product.
    ///
    /// @param presence 1 where the expert speaks and 0 where its modality is absent, `[batch, 1]`;
    ///   `null` where it always speaks
    public record Expert(DiagonalGaussian belief, @Nullable NDArray presence) {

        NDArray precision() {
            NDArray precision = belief.logVariance().neg().exp();
            return presence == null ? precision : precision.mul(presence);
        }
    }

    /// `p(z) prod_i q_i(z)`, with `p(z) = N(0, I)`; a row without any expert is the prior.
    public static DiagonalGaussian withPrior(List<Expert> experts) {
        NDArray first = experts.getFirst().belief().mean();
        NDArray precision = first.getManager().ones(first.getShape());
        NDArray weighted = first.getManager().zeros(first.getShape());
        for (Expert expert : experts) {
            NDArray own = expert.precision();
            precision = precision.add(own);
            weighted = weighted.add(own.mul(expert.belief().mean()));
        }
        return new DiagonalGaussian(weighted.div(precision), precision.log().neg());
    }
}
