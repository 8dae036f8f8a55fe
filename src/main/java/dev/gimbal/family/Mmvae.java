package dev.gimbal.family;

import ai.djl.ndarray.NDArray;
import dev.gimbal.distribution.Mixture;
import dev.gimbal.network.Parameters;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// MMVAE (Shi et al. 2019): the mixture, with equal weights, of what each observed modality says:
/// in each row of those that it has.
public final class Mmvae extends MultimodalVae {

    /// Takes ownership of `parameters`.
    public Mmvae(Architecture architecture, Parameters parameters) {
        super(architecture, parameters);
    }

    @Override
    public Mixture fuse(Map<String, Belief> beliefs) {
        List<@Nullable NDArray> presences = new ArrayList<>();
        beliefs.values().forEach(belief -> presences.add(belief.presence()));
        return Mixture.of(beliefs.values().stream().map(Belief::shared).toList(), presences);
    }
}
