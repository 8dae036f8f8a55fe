package dev.gimbal.family;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import dev.gimbal.distribution.Distribution;
import dev.gimbal.network.Network;
import dev.gimbal.network.Parameters;
import dev.gimbal.preprocessing.Preprocessing;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;

/// What Cos-Sim and its latent-variable extensions share: two embedders into one space V, of unit
/// norm, and a way from the first modality to the second.
public abstract sealed class PairedModel implements CrossModalModel
        permits CosSim, CosSimLvm, Rivae {
    private static final String PREPROCESSING = "preprocessing.";

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
        architecture
                .preprocessing()
                .forEach((modality, step) -> step.initialise(parameters, PREPROCESSING + modality));
    }

    /// The query modality, x1.
    public final String query() {
        return architecture.modalities().getFirst().name();
    }

    /// The target modality, x2.
    public final String target() {
        return architecture.modalities().getLast().name();
    }

    /// The manager under which a computation with this model's weights makes its own.
    public final NDManager manager() {
        return parameters.get(parameters.names().getFirst()).getManager();
    }

    /// Where the mean of z of preprocessed queries lies.
    public final Loci locateMean(NDArray preprocessed) {
        return locate(target(), inferEmbedded(embed(query(), preprocessed)).mean());
    }

    /// Loci of points that are in the target's index space already.
    public abstract Loci loci(NDArray points);

    /// What a query's embedding v1 says about z.
    public abstract Distribution inferEmbedded(NDArray v1);

    @Override
    public final Distribution infer(String target, Map<String, NDArray> observed) {
        return inferEmbedded(embedQuery(target, observed));
    }

    /// Fits the preprocessing of a modality.
    ///
    /// @param rows the training split as [Architecture#read] gives it
    public final void fitPreprocessing(String modality, float[][] rows) {
        Preprocessing step = architecture.preprocessing().get(modality);
        if (step != null) {
            step.fit(parameters, PREPROCESSING + modality, rows);
        }
    }

    /// Preprocesses, where the architecture says so; training may do it once, ahead.
    ///
    /// @param x `[batch, entries as read]`
    public final NDArray preprocess(String modality, NDArray x) {
        Preprocessing step =
                architecture.preprocessing().get(architecture.modality(modality).name());
        return step == null ? x : step.apply(parameters, PREPROCESSING + modality, x);
    }

    /// `v = e(x) / |e(x)|` of preprocessed values, `[batch, k]`.
    public final NDArray embed(String modality, NDArray preprocessed) {
        return UnitNorm.of(network("embedder." + modality, preprocessed));
    }

    @Override
    public final NDArray indexVectors(String modality, NDArray x) {
        return embed(modality, preprocess(modality, x));
    }

    private NDArray embedQuery(String target, Map<String, NDArray> observed) {
        NDArray x = observed.get(query());
        if (x == null || observed.size() != 1 || !target.equals(target())) {
            throw new UnsupportedQueryException(observed.keySet(), target, List.of(query()));
        }
        return embed(query(), preprocess(query(), x));
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
