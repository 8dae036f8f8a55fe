package dev.gimbal.family;

import ai.djl.ndarray.NDArray;
import dev.gimbal.distribution.Distribution;
import dev.gimbal.distribution.PointMass;
import dev.gimbal.network.Parameters;

/// Cos-Sim: two embedders whose paired outputs point the same way; the score is `cos(v1, v2)` (Sec.
/// 1 of Kim et al. 2020). Its z is v1 itself.
public final class CosSim extends PairedModel {

    /// Takes ownership of `parameters`.
    public CosSim(Architecture architecture, Parameters parameters) {
        super(architecture, parameters);
    }

    @Override
    public Distribution inferEmbedded(NDArray v1) {
        return new PointMass(v1);
    }

    @Override
    public Loci locate(String target, NDArray z) {
        requireTarget(target);
        return loci(UnitNorm.of(z));
    }

    @Override
    public Loci loci(NDArray points) {
        return new Loci(points, Similarity.COSINE, 1, 0);
    }

    @Override
    public int latentSize(String target) {
        return architecture().network("embedder." + query()).outputSize();
    }
}
