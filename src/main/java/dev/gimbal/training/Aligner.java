package dev.gimbal.training;

import ai.djl.ndarray.NDManager;
import dev.gimbal.dataset.FactorTable;
import dev.gimbal.family.Rivae;
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

    /// From the first few training examples with labels. The only place where training reads
    /// factors, and only when told to.
    ///
    /// @param preprocessed the training split
    /// @param factors its true factors
    /// @param labelled how many of them may be looked at
    /// @throws IllegalArgumentException when there are none, or too few for the latents
    static void procrustes(
            Rivae model, TrainingData preprocessed, FactorTable factors, int labelled) {
        if (factors.isEmpty() || labelled < 1 || labelled > factors.values().length) {
            throw new IllegalArgumentException(
                    "%d labelled examples are asked for, the data set has %d"
                            .formatted(labelled, factors.values().length));
        }
        float[][] means = means(model, preprocessed);
        model.align(
                model.alignment()
                        .then(
                                OrthogonalProcrustes.fit(
                                        means,
                                        Arrays.copyOf(means, labelled),
                                        Arrays.copyOf(factors.values(), labelled))));
    }

    /// Prior means of the queries in the present chart, `[query][latent]`.
    static float[][] means(Rivae model, TrainingData preprocessed) {
        try (NDManager scratch = model.manager().newSubManager()) {
            return TrainingData.mapRows(
                    scratch,
                    preprocessed.rows(model.query()),
                    x -> model.inferEmbedded(model.embed(model.query(), x)).mean());
        }
    }
}
