package dev.gimbal.family;

import ai.djl.ndarray.NDArray;
import dev.gimbal.distribution.Distribution;
import dev.gimbal.distribution.PointMass;
import dev.gimbal.network.Parameters;
import dev.gimbal.network.UnitNorm;
import java.util.List;
import java.util.Optional;

/// Cos-Sim: two embedders whose paired outputs point the same way; the score is `cos(v1, v2)` (Sec.
/// 1 of Kim et al. 2020). Its z is v1 itself.
public final class CosSim extends PairedModel {
    /// Takes ownership of `parameters`.
    public CosSim(Architecture architecture, Parameters parameters) {
        this(architecture, parameters, Direction.FORWARD);
    }

    private CosSim(Architecture architecture, Parameters parameters, Direction direction) {
        super(architecture, parameters, direction);
    }

    @Override
    public List<CosSim> directions() {
        return directions(this, backward());
    }

    /// Always there: a cosine has no direction.
    @Override
    public Optional<CosSim> backward() {
        return leadsBack()
                ? Optional.empty()
                : Optional.of(new CosSim(architecture(), parameters(), Direction.BACKWARD));
    }

    @Override
    public Distribution inferEmbedded(NDArray v1) {
        return new PointMass(v1);
    }

    @Override
    Loci locate(NDArray z) {
        return loci(UnitNorm.of(z));
    }

    @Override
    public Loci loci(NDArray points) {
        return new Loci(points, Similarity.COSINE, 1, 0);
    }

    @Override
    public int latentSize() {
        return architecture().network(embedder(query())).outputSize();
    }

    @Override
    public Similarity similarity() {
        return Similarity.COSINE;
    }
}
