package dev.gimbal.family;

import dev.gimbal.distribution.DiagonalGaussian;
import dev.gimbal.network.Parameters;
import java.util.Map;

/// MVAE (Wu and Goodman 2018): the product of the prior and the experts of whatever was observed,
/// also of one modality alone.
public final class Mvae extends MultimodalVae {

    /// Takes ownership of `parameters`.
    public Mvae(Architecture architecture, Parameters parameters) {
        super(architecture, parameters);
        Gaussians.require(architecture);
    }

    @Override
    public DiagonalGaussian fuse(Map<String, Belief> beliefs) {
        return Gaussians.productWithPrior(beliefs.values());
    }
}
