package dev.gimbal.family;

import ai.djl.ndarray.NDArray;
import dev.gimbal.dataset.Modality;
import dev.gimbal.network.Network;
import dev.gimbal.network.Parameters;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;

/// What Cos-Sim and its latent-variable extensions share: two embedders into one space V, of unit
/// norm, and a way from the first modality to the second.
abstract sealed class PairedModel implements CrossModalModel permits CosSim, CosSimLvm, Rivae {
    private final Architecture architecture;
    private final Parameters parameters;

    PairedModel(Architecture architecture, Parameters parameters) {
        if (architecture.modalities().size() != 2) {
            throw new IllegalArgumentException(
                    architecture.family().id()
                            + " pairs 2 modalities, not "
                            + architecture.modalities().size());
        }
        this.architecture = architecture;
        this.parameters = parameters;
    }

    @Override
    public final Architecture architecture() {
        return architecture;
    }

    @Override
    public final Parameters parameters() {
        return parameters;
    }

    @Override
    public void initialise(RandomGenerator random) {
        architecture
                .networks()
                .forEach((role, network) -> network.initialise(parameters, role, random));
    }

    /// The query modality, x1.
    public final String query() {
        return architecture.modalities().getFirst().name();
    }

    /// The target modality, x2.
    public final String target() {
        return architecture.modalities().getLast().name();
    }

    /// `v = e(x) / |e(x)|`, `[batch, k]`.
    public final NDArray embed(String modality, NDArray x) {
        Modality known = architecture.modality(modality);
        return UnitNorm.of(network("embedder." + known.name(), x));
    }

    @Override
    public final NDArray indexVectors(String modality, NDArray x) {
        return embed(modality, x);
    }

    /// The query's embedding, `v1`.
    final NDArray embedQuery(String target, Map<String, NDArray> observed) {
        NDArray x = observed.get(query());
        if (x == null || observed.size() != 1 || !target.equals(target())) {
            throw new UnsupportedQueryException(observed.keySet(), target, List.of(query()));
        }
        return embed(query(), x);
    }

    final NDArray network(String role, NDArray x) {
        Network network = architecture.network(role);
        return network.forward(parameters, role, x);
    }

    final void requireTarget(String target) {
        if (!target.equals(target())) {
            throw new UnsupportedQueryException(List.of(query()), target, List.of(query()));
        }
    }
}
