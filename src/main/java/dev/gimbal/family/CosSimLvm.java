package dev.gimbal.family;

import ai.djl.ndarray.NDArray;
import dev.gimbal.distribution.Distribution;
import dev.gimbal.distribution.PointMass;
import dev.gimbal.network.Parameters;

/// Cos-Sim-LVM: Cos-Sim with a bottleneck `v1 -> z -> v1'`, scored by `cos(v1', v2)` (Sec. 3.1 of
/// Kim et al. 2020).
public final class CosSimLvm extends PairedModel {

    /// Takes ownership of `parameters`.
    public CosSimLvm(Architecture architecture, Parameters parameters) {
        super(architecture, parameters);
    }

    @Override
    public Distribution inferEmbedded(NDArray v1) {
        return new PointMass(network("encoder", v1));
    }

    @Override
    public Loci locate(String target, NDArray z) {
        requireTarget(target);
        return loci(UnitNorm.of(network("decoder", z)));
    }

    @Override
    public Loci loci(NDArray points) {
        return new Loci(points, Similarity.COSINE, 1, 0);
    }

    @Override
    public int latentSize(String target) {
        return architecture().network("encoder").outputSize();
    }
}
