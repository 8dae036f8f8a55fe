package dev.gimbal.distribution;

import ai.djl.ndarray.NDArray;

/// Multiplication by a number, safe under a gradient.
///
/// `NDArray.mul(Number)` and `div(Number)` put the number into a temporary array over Java memory
/// and close it at once, while the tape keeps pointing at it for the backward pass: after a garbage
/// collection the gradient is multiplied by whatever stands there now. Here the number's array
/// lives as long as the computation's manager.
public final class Constant {
    private Constant() {}

    /// `factor * x`; the result and the factor belong to the manager of `x`.
    public static NDArray times(double factor, NDArray x) {
        return x.mul(x.getManager().create((float) factor));
    }
}
