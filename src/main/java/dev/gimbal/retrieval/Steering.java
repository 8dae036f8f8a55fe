package dev.gimbal.retrieval;

/// How a change of z moves the point that is searched from.
public enum Steering {
    /// The point is `f(z + delta)`: the paper's.
    LATENT,
    /// The point is `v1 + f(z + delta) - f(z)`, normalised: knobs at rest leave the embedding's own
    /// ranking as it is. It needs queries and targets that share one embedding space.
    OFFSET
}
