package dev.gimbal.family;

import ai.djl.ndarray.NDArray;
import dev.gimbal.distribution.Distribution;
import dev.gimbal.distribution.PointMass;
import dev.gimbal.network.Parameters;
import dev.gimbal.network.UnitNorm;
import java.util.List;
import java.util.Optional;

/// Cos-Sim-LVM: Cos-Sim with a bottleneck `v1 -> z -> v1'`, scored by `cos(v1', v2)` (Sec. 3.1 of
/// Kim et al. 2020).
public final class CosSimLvm extends PairedModel {

    /// Takes ownership of `parameters`.
    public CosSimLvm(Architecture architecture, Parameters parameters) {
        this(architecture, parameters, Direction.FORWARD);
    }

    private CosSimLvm(Architecture architecture, Parameters parameters, Direction direction) {
        super(architecture, parameters, direction);
    }

    @Override
    public List<CosSimLvm> directions() {
        return directions(this, backward());
    }

    @Override
    public Optional<CosSimLvm> backward() {
        return leadsBack()
                        || !architecture()
                                .networks()
                                .containsKey(Direction.BACKWARD.role("encoder"))
                ? Optional.empty()
                : Optional.of(new CosSimLvm(architecture(), parameters(), Direction.BACKWARD));
    }

    @Override
    public Distribution inferEmbedded(NDArray v1) {
        return new PointMass(network(role("encoder"), v1));
    }

    @Override
    Loci locate(NDArray z) {
        return loci(UnitNorm.of(network(role("decoder"), z)));
    }

    @Override
    public Loci loci(NDArray points) {
        return new Loci(points, Similarity.COSINE, 1, 0);
    }

    @Override
    public int latentSize() {
        return architecture().network(role("encoder")).outputSize();
    }

    @Override
    public Similarity similarity() {
        return Similarity.COSINE;
    }
}
