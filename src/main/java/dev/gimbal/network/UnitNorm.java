package dev.gimbal.network;

import ai.djl.ndarray.NDArray;

/// L2 normalisation of rows, as A.1.1 of Kim et al. 2020 puts it after every embedding network.
public final class UnitNorm {
    private static final float SAFE = 1e-12f;

    private UnitNorm() {}

    /// `x / |x|`, row by row; `[batch, k]`.
    public static NDArray of(NDArray x) {
        return x.div(x.square().sum(new int[] {1}, true).add(SAFE).sqrt());
    }
}
