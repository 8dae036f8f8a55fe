package dev.gimbal.family;

import java.util.Collection;

/// A model cannot infer z for this target from these modalities.
public final class UnsupportedQueryException extends IllegalArgumentException {
    private static final long serialVersionUID = 1L;

    /// Says what was asked and what would work.
    public UnsupportedQueryException(
            Collection<String> observed, String target, Collection<String> supported) {
        super(
                "no latent factors lead from "
                        + observed
                        + " to '"
                        + target
                        + "'; this model infers them from "
                        + supported);
    }
}
