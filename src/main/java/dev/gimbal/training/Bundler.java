package dev.gimbal.training;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDManager;
import dev.gimbal.bundle.Factor;
import dev.gimbal.bundle.LatentSpace;
import dev.gimbal.bundle.Manifest;
import dev.gimbal.bundle.ModelBundle;
import dev.gimbal.bundle.Provenance;
import dev.gimbal.bundle.Safetensors;
import dev.gimbal.dataset.Modality;
import dev.gimbal.dataset.MultimodalDataset;
import dev.gimbal.dataset.Split;
import dev.gimbal.family.PairedModel;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// Turns a trained model into a bundle: measures its factors over the training queries and writes
/// its card.
public final class Bundler {
    private static final double LOW = 0.01;
    private static final double HIGH = 0.99;

    private Bundler() {}

    /// The bundle of a model as it stands.
    ///
    /// @param metrics measured on validation data
    public static ModelBundle bundle(
            String name,
            PairedModel model,
            MultimodalDataset dataset,
            Provenance provenance,
            Map<String, Double> metrics) {
        byte[] weights = Safetensors.encode(model.parameters().list());
        String sha256 = ModelBundle.sha256(weights);
        Map<String, Integer> dimensions = new TreeMap<>();
        for (Modality modality : model.architecture().modalities()) {
            dimensions.put(
                    modality.name(),
                    model.architecture().network("embedder." + modality.name()).outputSize());
        }
        Manifest manifest =
                new Manifest(
                        Manifest.FORMAT,
                        name,
                        model.architecture(),
                        List.of(
                                new LatentSpace(
                                        List.of(model.query()),
                                        model.target(),
                                        factors(trainingMeans(model, dataset)))),
                        dimensions,
                        similarity(model),
                        sha256,
                        ModelBundle.fingerprint(model.architecture(), sha256),
                        provenance,
                        metrics);
        return new ModelBundle(manifest, weights);
    }

    /// Versions of what computed the weights.
    public static Map<String, String> versions() {
        Engine engine = Engine.getInstance();
        return Map.of(
                "engine", engine.getEngineName() + " " + engine.getVersion(),
                "djl", Engine.getDjlVersion(),
                "java", Runtime.version().toString(),
                "architecture", System.getProperty("os.arch"));
    }

    private static dev.gimbal.family.Similarity similarity(PairedModel model) {
        try (NDManager scratch = model.manager().newSubManager()) {
            int width = model.architecture().network("embedder." + model.target()).outputSize();
            return model.loci(scratch.zeros(new ai.djl.ndarray.types.Shape(1, width))).similarity();
        }
    }

    private static float[][] trainingMeans(PairedModel model, MultimodalDataset dataset) {
        float[][] queries = TrainingData.of(dataset, Split.TRAIN).rows(model.query());
        try (NDManager scratch = model.manager().newSubManager()) {
            return TrainingData.mapRows(
                    scratch,
                    queries,
                    x -> model.infer(model.target(), Map.of(model.query(), x)).mean());
        }
    }

    private static List<Factor> factors(float[][] means) {
        List<Factor> factors = new ArrayList<>();
        for (int j = 0; j < means[0].length; j++) {
            double[] column = new double[means.length];
            for (int i = 0; i < column.length; i++) {
                column[i] = means[i][j];
            }
            Arrays.sort(column);
            double mean = Arrays.stream(column).average().orElseThrow();
            double variance =
                    Arrays.stream(column).map(z -> (z - mean) * (z - mean)).sum()
                            / Math.max(1, column.length - 1);
            factors.add(
                    new Factor(
                            "z" + (j + 1),
                            mean,
                            Math.sqrt(variance),
                            percentile(column, LOW),
                            percentile(column, HIGH)));
        }
        return factors;
    }

    /// By linear interpolation between order statistics.
    private static double percentile(double[] sorted, double share) {
        double position = share * (sorted.length - 1);
        int below = (int) position;
        int above = Math.min(below + 1, sorted.length - 1);
        return sorted[below] + (position - below) * (sorted[above] - sorted[below]);
    }
}
