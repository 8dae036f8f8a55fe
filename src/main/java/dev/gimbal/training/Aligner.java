package dev.gimbal.training;

import ai.djl.ndarray.NDManager;
import dev.gimbal.family.Rivae;
import dev.gimbal.network.Rows;
import java.util.Arrays;

/// Aligns the axes of z from the training queries' prior means.
final class Aligner {
    private Aligner() {}

    /// Label-free, by FastICA.
    ///
    /// @param preprocessed the training split
    static void fastIca(Rivae model, TrainingData preprocessed, long seed) {
        float[][] means = means(model, preprocessed);
        model.align(model.alignment().then(FastIca.fit(means, seed).alignment()));
        Anchor.set(model, means(model, preprocessed));
    }

    /// From a few labelled training examples.
    ///
    /// @param preprocessed the training split
    static void procrustes(Rivae model, TrainingData preprocessed, Labels.Rows labels) {
        float[][] means = means(model, preprocessed);
        float[][] labelled =
                Arrays.stream(labels.positions())
                        .mapToObj(position -> means[position])
                        .toArray(float[][]::new);
        model.align(
                model.alignment()
                        .then(OrthogonalProcrustes.fit(means, labelled, labels.factors())));
    }

    /// Prior means of the queries in the present chart, `[query][latent]`.
    static float[][] means(Rivae model, TrainingData preprocessed) {
        try (NDManager scratch = model.manager().newSubManager()) {
            return Rows.map(
                    scratch,
                    preprocessed.rows(model.query()),
                    x -> model.inferEmbedded(model.embed(model.query(), x)).mean());
        }
    }
}
