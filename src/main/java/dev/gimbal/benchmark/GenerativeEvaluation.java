package dev.gimbal.benchmark;

import dev.gimbal.bundle.Oracle;
import dev.gimbal.dataset.Modality;
import dev.gimbal.dataset.MultimodalDataset;
import dev.gimbal.dataset.Split;
import dev.gimbal.dataset.Value;
import dev.gimbal.embedding.Embedder;
import dev.gimbal.family.GenerativeLayout;
import dev.gimbal.metric.CrossCoherence;
import dev.gimbal.metric.ImportanceWeightedLikelihood;
import dev.gimbal.metric.JointCoherence;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;

/// Everything that is reported of a generative model on one split of a data set: Tables 1 and 3 of
/// Lee and Pavlovic 2021, what its latents know, and search by class.
///
/// Cross coherence draws `z_s ~ q(z_s | x_from)`, as the paper's published code does, and `z_p` of
/// `to` from the prior. At the mean of `z_s` a model without private latents would stand in the
/// middle of all styles.
///
/// @param split which examples were observed
/// @param crossCoherence by `from->to`
/// @param crossCoherenceAtMean the same with z_s at its mean
/// @param jointCoherence all modalities drawn from one draw of the prior
/// @param classes what its latents know, and search by class
/// @param logLikelihood importance-weighted, nats an example
/// @param samples for each example of it
/// @param weighed how many examples it is the mean of
/// @param oracle accuracy of the classifiers that judged, by modality
public record GenerativeEvaluation(
        Split split,
        Map<String, Double> crossCoherence,
        Map<String, Double> crossCoherenceAtMean,
        double jointCoherence,
        ClassEvaluation classes,
        double logLikelihood,
        int samples,
        int weighed,
        Map<String, Double> oracle) {
    private static final int JOINT_DRAWS = 10_000;
    private static final int MOST_WEIGHED = 500;
    private static final int WEIGHTS = 64;

    /// Measures a model; the same seed comes to the same bits.
    ///
    /// @throws dev.gimbal.dataset.BadInputException when the data lack the oracle's factor
    public static GenerativeEvaluation of(
            Embedder model, MultimodalDataset dataset, Split split, Oracle oracle, long seed) {
        return new Measurement(model, dataset, split, oracle, seed).run();
    }

    /// One measurement in progress.
    private static final class Measurement {
        private final Embedder model;
        private final MultimodalDataset dataset;
        private final Split split;
        private final Oracle oracle;
        private final long seed;
        private final GenerativeLayout layout;
        private final List<String> modalities;
        private final int[] classes;

        Measurement(
                Embedder model, MultimodalDataset dataset, Split split, Oracle oracle, long seed) {
            this.model = model;
            this.dataset = dataset;
            this.split = split;
            this.oracle = oracle;
            this.seed = seed;
            layout = model.manifest().architecture().layout();
            modalities = dataset.modalities().stream().map(Modality::name).toList();
            classes = ClassEvaluation.classes(dataset, split, oracle.card().tells());
        }

        GenerativeEvaluation run() {
            Map<String, Double> cross = new LinkedHashMap<>();
            Map<String, Double> atMean = new LinkedHashMap<>();
            for (String from : modalities) {
                List<Value> values = ClassEvaluation.values(dataset, split, from);
                float[][] drawn = model.sharedDrawsOfAll(from, values, seed);
                float[][] means = model.indexVectorsOfAll(from, values);
                for (String to : modalities) {
                    if (!from.equals(to)) {
                        cross.put(from + "->" + to, cross(drawn, to));
                        atMean.put(from + "->" + to, cross(means, to));
                    }
                }
            }
            return new GenerativeEvaluation(
                    split,
                    cross,
                    atMean,
                    joint(),
                    ClassEvaluation.of(model, dataset, split, oracle.card().tells()),
                    ImportanceWeightedLikelihood.of(weights()),
                    WEIGHTS,
                    weighed(),
                    oracle.card().accuracy());
        }

        private double cross(float[][] z, String to) {
            float[][] drawn = model.generateAll(to, z, prior(z.length, layout.ownSize(to), 1));
            return CrossCoherence.of(oracle.classify(to, drawn), classes);
        }

        private double joint() {
            float[][] z = prior(JOINT_DRAWS, layout.shared(), 2);
            int[][] told = new int[modalities.size()][];
            for (int m = 0; m < told.length; m++) {
                String modality = modalities.get(m);
                float[][] own = prior(z.length, layout.ownSize(modality), 3 + m);
                told[m] = oracle.classify(modality, model.generateAll(modality, z, own));
            }
            return JointCoherence.of(told);
        }

        private double[][] weights() {
            Map<String, List<Value>> values = new LinkedHashMap<>();
            modalities.forEach(
                    m -> values.put(m, SplitValues.of(dataset, split, m).subList(0, weighed())));
            return model.logWeights(values, WEIGHTS, seed);
        }

        private int weighed() {
            return Math.min(MOST_WEIGHED, classes.length);
        }

        /// Draws of the prior, `[rows][size]`.
        private float[][] prior(int rows, int size, int stream) {
            RandomGenerator random = new SplittableRandom(seed * 100 + stream);
            float[][] draws = new float[rows][];
            for (int i = 0; i < rows; i++) {
                draws[i] = layout.prior(size, random);
            }
            return draws;
        }
    }
}
