package dev.gimbal.benchmark;

import dev.gimbal.dataset.BadInputException;
import dev.gimbal.dataset.ClassFactor;
import dev.gimbal.dataset.Modality;
import dev.gimbal.dataset.MultimodalDataset;
import dev.gimbal.dataset.Split;
import dev.gimbal.dataset.Value;
import dev.gimbal.embedding.Embedder;
import dev.gimbal.family.GenerativeLayout;
import dev.gimbal.metric.LatentAccuracy;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/// What the latents of a generative model know of a class, and search by class in the shared space,
/// the measures of Table 2 of Lee and Pavlovic 2021. It needs a true factor and no oracle.
///
/// @param shared what the shared latent's mean of each modality tells of the class; its classifiers
///   are fitted to training data
/// @param own what each modality's own latent tells of it; low is wanted
/// @param search by `from->to`, by shared means
public record ClassEvaluation(
        Map<String, LatentAccuracy> shared,
        Map<String, LatentAccuracy> own,
        Map<String, ClassSearch> search) {
    static final int MOST_EXAMPLES = 10_000;
    private static final int MOST_SEARCHED = 2_000;

    /// Measures a model.
    ///
    /// @throws dev.gimbal.dataset.BadInputException when the data lack the factor
    public static ClassEvaluation of(
            Embedder model, MultimodalDataset dataset, Split split, ClassFactor factor) {
        return new Measurement(model, dataset, split, factor).run();
    }

    /// The classes of the examples that are measured.
    static int[] classes(MultimodalDataset dataset, Split split, ClassFactor factor) {
        int[] all = factor.labels(dataset.factors(split));
        if (Arrays.stream(all).anyMatch(label -> label < 0)) {
            throw new BadInputException(
                    "factor",
                    factor.name(),
                    "has values in split %s that are none of %s"
                            .formatted(split, factor.classes()));
        }
        return Arrays.copyOf(all, Math.min(MOST_EXAMPLES, all.length));
    }

    /// The values that are measured.
    static List<Value> values(MultimodalDataset dataset, Split split, String modality) {
        List<Value> all = SplitValues.of(dataset, split, modality);
        return all.subList(0, Math.min(MOST_EXAMPLES, all.size()));
    }

    /// One measurement in progress.
    private static final class Measurement {
        private final Embedder model;
        private final MultimodalDataset dataset;
        private final Split split;
        private final int[] trained;
        private final int[] measured;
        private final Map<String, float[][]> means = new LinkedHashMap<>();

        Measurement(Embedder model, MultimodalDataset dataset, Split split, ClassFactor factor) {
            this.model = model;
            this.dataset = dataset;
            this.split = split;
            trained = classes(dataset, Split.TRAIN, factor);
            measured = classes(dataset, split, factor);
        }

        ClassEvaluation run() {
            GenerativeLayout layout = model.manifest().architecture().layout();
            List<String> modalities = dataset.modalities().stream().map(Modality::name).toList();
            modalities.forEach(modality -> means.put(modality, shared(split, modality)));
            Map<String, LatentAccuracy> shared = new LinkedHashMap<>();
            Map<String, LatentAccuracy> own = new LinkedHashMap<>();
            Map<String, ClassSearch> search = new LinkedHashMap<>();
            for (String from : modalities) {
                modalities.stream()
                        .filter(to -> !to.equals(from))
                        .forEach(to -> search.put(from + "->" + to, search(from, to)));
                shared.put(from, accuracy(shared(Split.TRAIN, from), mean(from)));
                if (layout.ownSize(from) > 0) {
                    own.put(from, accuracy(own(Split.TRAIN, from), own(split, from)));
                }
            }
            return new ClassEvaluation(shared, own, search);
        }

        private ClassSearch search(String from, String to) {
            int n = Math.min(MOST_SEARCHED, measured.length);
            return ClassSearch.of(
                    Arrays.copyOf(mean(from), n),
                    Arrays.copyOf(mean(to), n),
                    Arrays.copyOf(measured, n));
        }

        private LatentAccuracy accuracy(float[][] train, float[][] test) {
            return LatentAccuracy.of(train, trained, test, measured);
        }

        private float[][] mean(String modality) {
            return Objects.requireNonNull(means.get(modality));
        }

        private float[][] shared(Split of, String modality) {
            return model.indexVectorsOfAll(modality, values(dataset, of, modality));
        }

        private float[][] own(Split of, String modality) {
            return model.ownMeansOfAll(modality, values(dataset, of, modality));
        }
    }
}
