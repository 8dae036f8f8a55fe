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
import dev.gimbal.metric.LatentAccuracy;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;

/// Everything that is reported of a generative model on test data: Tables 1 and 3 of Lee and
/// Pavlovic 2021, what its latents know, and search by class.
///
/// @param crossCoherence by `from->to`: `to` drawn at the mean of the shared latent of `from`, its
///   own latent from the prior
/// @param jointCoherence all modalities drawn from one draw of the prior
/// @param shared what the shared latent's mean of each modality tells of the class
/// @param own what each modality's own latent tells of it; low is wanted
/// @param search by `from->to`, by shared means
/// @param logLikelihood importance-weighted, nats an example
/// @param samples for each example of it
/// @param weighed how many test examples it is the mean of
/// @param oracle accuracy of the classifiers that judged, by modality
public record GenerativeEvaluation(
        Map<String, Double> crossCoherence,
        double jointCoherence,
        Map<String, LatentAccuracy> shared,
        Map<String, LatentAccuracy> own,
        Map<String, ClassSearch> search,
        double logLikelihood,
        int samples,
        int weighed,
        Map<String, Double> oracle) {
    private static final int MOST_EXAMPLES = 10_000;
    private static final int MOST_SEARCHED = 2_000;
    private static final int MOST_WEIGHED = 500;
    private static final int WEIGHTS = 64;

    /// Measures a model; the same seed comes to the same bits.
    ///
    /// @throws IllegalArgumentException when the data lack the oracle's factor
    public static GenerativeEvaluation of(
            Embedder model, MultimodalDataset dataset, Oracle oracle, long seed) {
        return new Measurement(model, dataset, oracle, seed).run();
    }

    /// One measurement in progress.
    private static final class Measurement {
        private final Embedder model;
        private final MultimodalDataset dataset;
        private final Oracle oracle;
        private final long seed;
        private final GenerativeLayout layout;
        private final List<String> modalities;
        private final int[] classes;
        private final Map<String, float[][]> means = new LinkedHashMap<>();

        Measurement(Embedder model, MultimodalDataset dataset, Oracle oracle, long seed) {
            this.model = model;
            this.dataset = dataset;
            this.oracle = oracle;
            this.seed = seed;
            layout = model.manifest().architecture().layout();
            modalities = dataset.modalities().stream().map(Modality::name).toList();
            classes = classes(Split.TEST);
        }

        GenerativeEvaluation run() {
            modalities.forEach(modality -> means.put(modality, shared(Split.TEST, modality)));
            Map<String, Double> cross = new LinkedHashMap<>();
            Map<String, ClassSearch> search = new LinkedHashMap<>();
            Map<String, LatentAccuracy> shared = new LinkedHashMap<>();
            Map<String, LatentAccuracy> own = new LinkedHashMap<>();
            for (String from : modalities) {
                for (String to : modalities) {
                    if (!from.equals(to)) {
                        cross.put(from + "->" + to, cross(from, to));
                        search.put(from + "->" + to, search(from, to));
                    }
                }
                shared.put(from, accuracy(shared(Split.TRAIN, from), mean(from)));
                if (layout.ownSize(from) > 0) {
                    own.put(from, accuracy(own(Split.TRAIN, from), own(Split.TEST, from)));
                }
            }
            return new GenerativeEvaluation(
                    cross,
                    joint(),
                    shared,
                    own,
                    search,
                    ImportanceWeightedLikelihood.of(weights()),
                    WEIGHTS,
                    weighed(),
                    oracle.card().accuracy());
        }

        private double cross(String from, String to) {
            float[][] z = mean(from);
            float[][] drawn = model.generateAll(to, z, prior(z.length, layout.ownSize(to), 1));
            return CrossCoherence.of(oracle.classify(to, drawn), classes);
        }

        private double joint() {
            float[][] z = prior(MOST_EXAMPLES, layout.shared(), 2);
            int[][] told = new int[modalities.size()][];
            for (int m = 0; m < told.length; m++) {
                String modality = modalities.get(m);
                float[][] own = prior(z.length, layout.ownSize(modality), 3 + m);
                told[m] = oracle.classify(modality, model.generateAll(modality, z, own));
            }
            return JointCoherence.of(told);
        }

        private ClassSearch search(String from, String to) {
            int n = Math.min(MOST_SEARCHED, classes.length);
            return ClassSearch.of(
                    Arrays.copyOf(mean(from), n),
                    Arrays.copyOf(mean(to), n),
                    Arrays.copyOf(classes, n));
        }

        private LatentAccuracy accuracy(float[][] train, float[][] test) {
            return LatentAccuracy.of(train, classes(Split.TRAIN), test, classes);
        }

        private double[][] weights() {
            Map<String, List<Value>> values = new LinkedHashMap<>();
            int n = weighed();
            modalities.forEach(
                    m -> values.put(m, SplitValues.of(dataset, Split.TEST, m).subList(0, n)));
            return model.logWeights(values, WEIGHTS, seed);
        }

        private int weighed() {
            return Math.min(MOST_WEIGHED, classes.length);
        }

        private float[][] mean(String modality) {
            return Objects.requireNonNull(means.get(modality));
        }

        private float[][] shared(Split split, String modality) {
            return model.indexVectorsOfAll(modality, firsts(split, modality));
        }

        private float[][] own(Split split, String modality) {
            return model.ownMeansOfAll(modality, firsts(split, modality));
        }

        private List<Value> firsts(Split split, String modality) {
            List<Value> all = SplitValues.of(dataset, split, modality);
            return all.subList(0, Math.min(MOST_EXAMPLES, all.size()));
        }

        private int[] classes(Split split) {
            int[] all = oracle.card().labels(dataset.factors(split));
            return Arrays.copyOf(all, Math.min(MOST_EXAMPLES, all.length));
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
