package dev.gimbal.objective;

import ai.djl.ndarray.NDArray;
import dev.gimbal.distribution.Constant;

/// Embedder regularisation, Eq. 11 of Kim et al. 2020: the change of an embedding under a small
/// random perturbation of its input should be the same everywhere, `E (|e(x) - e(x + eps)| / |eps|
/// - c)^2`.
///
/// The division by `|eps|` makes the term of order one; printed, it is of order `|eps|^2`.
public final class JacobianRegularizer {
    private static final float SAFE = 1e-12f;

    private JacobianRegularizer() {}

    /// With a learned constant, relative to it, `E (|e(x) - e(x + eps)| / (c |eps|) - 1)^2`: its
    /// weight then means the same whatever the embedding's scale.
    ///
    /// @param at `e(x)`, `[batch, k]`
    /// @param near `e(x + eps)`, `[batch, k]`
    /// @param length `|eps|`
    /// @param logConstant `log c`, one entry
    /// @return scalar
    public static NDArray relative(NDArray at, NDArray near, double length, NDArray logConstant) {
        NDArray change = change(at, near, length);
        return change.mul(change.zerosLike().sub(logConstant).exp()).sub(1f).square().mean();
    }

    /// `|e(x + eps) - e(x)| / |eps|`, `[batch]`.
    public static NDArray change(NDArray at, NDArray near, double length) {
        return Constant.times(
                1 / length, near.sub(at).square().sum(new int[] {1}).add(SAFE).sqrt());
    }
}
