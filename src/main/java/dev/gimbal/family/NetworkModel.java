package dev.gimbal.family;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import dev.gimbal.network.Parameters;
import dev.gimbal.preprocessing.Preprocessing;
import java.util.random.RandomGenerator;

/// What all families are made of: an architecture's preprocessing and networks over named arrays.
public abstract sealed class NetworkModel implements CrossModalModel
        permits PairedModel, MultimodalVae {
    private static final String PREPROCESSING = "preprocessing.";

    private final Architecture architecture;
    private final Parameters parameters;

    NetworkModel(Architecture architecture, Parameters parameters) {
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

    /// The manager under which a computation with this model's weights makes its own.
    public final NDManager manager() {
        return parameters.manager();
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

    final NDArray network(String role, NDArray x) {
        return architecture.network(role).forward(parameters, role, x);
    }
}
