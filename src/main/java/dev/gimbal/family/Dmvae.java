package dev.gimbal.family;

import dev.gimbal.distribution.DiagonalGaussian;
import dev.gimbal.network.Parameters;
import java.util.Map;

/// DMVAE (Lee and Pavlovic 2021): the experts on the shared latent are multiplied with each other
/// and the prior (Eq. 2), while each modality keeps its style in a latent of its own. Where one
/// modality alone is observed, its own expert is the belief (Sec. 4.2).
public final class Dmvae extends MultimodalVae {

    /// Takes ownership of `parameters`.
    public Dmvae(Architecture architecture, Parameters parameters) {
        super(architecture, parameters);
        Gaussians.require(architecture);
    }

    @Override
    public DiagonalGaussian fuse(Map<String, Belief> beliefs) {
        return beliefs.size() == 1
                ? Gaussians.only(beliefs)
                : Gaussians.productWithPrior(beliefs.values());
    }
}
