package dev.gimbal.training;

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
import dev.gimbal.family.NetworkModel;
import dev.gimbal.family.Way;
import dev.gimbal.network.Rows;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// Turns a trained model into a bundle: measures its factors over the training queries and writes
/// its card.
final class Bundler {
    private Bundler() {}

    /// The bundle of a model as it stands.
    ///
    /// @param metrics measured on validation data
    public static ModelBundle bundle(
            String name,
            NetworkModel model,
            MultimodalDataset dataset,
            Provenance provenance,
            Map<String, Double> metrics) {
        byte[] weights = Safetensors.encode(model.parameters().list());
        String sha256 = ModelBundle.sha256(weights);
        Map<String, Integer> dimensions = new TreeMap<>();
        for (Modality modality : model.architecture().modalities()) {
            dimensions.put(modality.name(), model.indexDimension(modality.name()));
        }
        Manifest manifest =
                new Manifest(
                        Manifest.FORMAT,
                        name,
                        model.architecture(),
                        latentSpaces(model, dataset),
                        dimensions,
                        model.similarity(),
                        sha256,
                        ModelBundle.fingerprint(model.architecture(), sha256),
                        provenance,
                        metrics);
        return new ModelBundle(manifest, weights);
    }

    private static List<LatentSpace> latentSpaces(NetworkModel model, MultimodalDataset dataset) {
        TrainingData train = TrainingData.partial(dataset, Split.TRAIN, model.architecture());
        return model.ways().stream()
                .map(way ->
                        new LatentSpace(
                                way.queries(),
                                way.target(),
                                Factor.ofEach(means(model, way, train))))
                .toList();
    }

    /// Of every training query, whichever modality it is of.
    private static float[][] means(NetworkModel model, Way way, TrainingData train) {
        try (NDManager scratch = model.manager().newSubManager()) {
            return way.queries().stream()
                    .flatMap(query ->
                            Arrays.stream(
                                    Rows.map(
                                            scratch,
                                            train.present(query),
                                            x ->
                                                    model.infer(way.target(), Map.of(query, x))
                                                            .mean())))
                    .toArray(float[][]::new);
        }
    }
}
