package dev.gimbal.objective;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.DataType;
import dev.gimbal.distribution.Constant;
import dev.gimbal.network.UnitNorm;

/// The image-text matching loss, Eq. 4 of Lee and Pavlovic 2021 (cross-modal projection matching,
/// Zhang and Lu 2018): `1/B sum_m sum_n p_mn log(p_mn / (q_mn + eps))`, with `p_mn` the softmax
/// over n of `a_m . b_n / |b_n|` and `q_mn = Y_mn / sum_k Y_mk` the true matches.
public final class MatchingLoss {
    private static final float EPSILON = 1e-8f;

    private MatchingLoss() {}

    /// Both directions added, scalar.
    ///
    /// @param first shared features of one modality, `[batch, shared]`
    /// @param second those of the other, row by row its partners
    /// @param matches Y, symmetric: 1 where a row of the one belongs to a row of the other, else 0;
    ///   `[batch, batch]`, its diagonal 1
    public static NDArray of(NDArray first, NDArray second, NDArray matches) {
        return oneWay(first, second, matches).add(oneWay(second, first, matches));
    }

    /// Which rows match by their classes: `[batch, 1] -> [batch, batch]`.
    public static NDArray matches(NDArray classes) {
        return classes.eq(classes.transpose()).toType(DataType.FLOAT32, false);
    }

    private static NDArray oneWay(NDArray from, NDArray to, NDArray matches) {
        NDArray logP = from.matMul(UnitNorm.of(to).transpose()).logSoftmax(1);
        NDArray logQ = matches.div(matches.sum(new int[] {1}, true)).add(EPSILON).log();
        long batch = from.getShape().get(0);
        return Constant.times(1.0 / batch, logP.exp().mul(logP.sub(logQ)).sum());
    }
}
