package dev.gimbal.family;

import dev.gimbal.distribution.Mixture;
import dev.gimbal.network.Parameters;
import java.util.Map;

/// MMVAE (Shi et al. 2019): the mixture, with equal weights, of what each observed modality says.
public final class Mmvae extends MultimodalVae {

    /// Takes ownership of `parameters`.
    public Mmvae(Architecture architecture, Parameters parameters) {
        super(architecture, parameters);
    }

    /// Whole observations only: a mixture has no row that leaves a component out.
    @Override
    public Mixture fuse(Map<String, Belief> beliefs) {
        return new Mixture(beliefs.values().stream().map(Belief::shared).toList());
    }
}
