package dev.gimbal.embedding;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import dev.gimbal.bundle.Manifest;
import dev.gimbal.bundle.ModelBundle;
import dev.gimbal.distribution.DiagonalGaussian;
import dev.gimbal.distribution.Distribution;
import dev.gimbal.family.Alignment;
import dev.gimbal.family.CrossModalModel;
import dev.gimbal.family.Locus;
import dev.gimbal.family.Rivae;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/// One loaded model: infer, locate and index vectors, with plain arrays on both sides.
///
/// Thread safe. Requests pass through bounded queues and run in batches; every batch frees its own
/// native memory. Closing frees the weights.
public final class Embedder implements AutoCloseable {
    private record Inference(String target, Set<String> observed) {}

    private final ModelBundle bundle;
    private final NDManager manager;
    private final CrossModalModel model;
    private final BatchQueue<Inference, Map<String, float[]>, Posterior> inferences;
    private final BatchQueue<String, float[], Locus> locations;
    private final BatchQueue<String, float[], float[]> vectors;

    /// Loads the model of a bundle.
    ///
    /// @throws dev.gimbal.bundle.BundleException when it does not load
    public Embedder(ModelBundle bundle, EmbeddingSettings settings) {
        this.bundle = bundle;
        this.manager = NDManager.newBaseManager(settings.device().resolve());
        try {
            this.model = bundle.load(manager);
        } catch (RuntimeException e) {
            manager.close();
            throw e;
        }
        String name = "embed-" + bundle.manifest().name();
        inferences = new BatchQueue<>(name + "-infer", settings, this::inferBatch);
        locations = new BatchQueue<>(name + "-locate", settings, this::locateBatch);
        vectors = new BatchQueue<>(name + "-index", settings, this::vectorBatch);
    }

    /// The bundle that was loaded.
    public ModelBundle bundle() {
        return bundle;
    }

    /// What the bundle says of itself.
    public Manifest manifest() {
        return bundle.manifest();
    }

    /// Requests that wait for this model.
    public int queueDepth() {
        return inferences.depth() + locations.depth() + vectors.depth();
    }

    /// What the observed modalities say about the z that leads to `target`.
    ///
    /// @param observed row-major values by modality
    /// @throws dev.gimbal.family.UnsupportedQueryException when they say nothing
    /// @throws IllegalArgumentException for an unknown modality or a wrong length
    /// @throws OverloadedException when the queue is full
    public Posterior infer(String target, Map<String, float[]> observed) {
        Map<String, float[]> checked = new TreeMap<>(observed);
        checked.forEach(this::requireSize);
        return inferences.ask(new Inference(target, checked.keySet()), checked);
    }

    /// The same for many queries.
    public List<Posterior> inferAll(String target, List<Map<String, float[]>> queries) {
        if (queries.isEmpty()) {
            return List.of();
        }
        queries.forEach(observed -> observed.forEach(this::requireSize));
        Set<String> observed = new TreeSet<>(queries.getFirst().keySet());
        if (queries.stream().anyMatch(query -> !query.keySet().equals(observed))) {
            throw new IllegalArgumentException(
                    "queries of one call must observe the same modalities, the first has "
                            + observed);
        }
        return inferences.askAll(new Inference(target, observed), queries);
    }

    /// The chart in which z stands, for families that align it.
    public Optional<Alignment> alignment() {
        return model instanceof Rivae rivae ? Optional.of(rivae.alignment()) : Optional.empty();
    }

    /// Where each z lies among the index vectors of `target`.
    public List<Locus> locate(String target, List<float[]> z) {
        int latent = manifest().latentSpace(target).factors().size();
        for (float[] row : z) {
            if (row.length != latent) {
                throw new IllegalArgumentException(
                        "z has "
                                + row.length
                                + " entries, target '"
                                + target
                                + "' takes "
                                + latent);
            }
        }
        return locations.askAll(target, z);
    }

    /// The index vectors of items of a modality.
    public List<float[]> indexVectors(String modality, List<float[]> values) {
        values.forEach(value -> requireSize(modality, value));
        return vectors.askAll(modality, values);
    }

    private void requireSize(String modality, float[] value) {
        int size = manifest().architecture().modality(modality).size();
        if (value.length != size) {
            throw new IllegalArgumentException(
                    "modality '" + modality + "' takes " + size + " numbers, not " + value.length);
        }
    }

    private List<Posterior> inferBatch(Inference key, List<Map<String, float[]>> requests) {
        try (NDManager scratch = manager.newSubManager()) {
            Map<String, NDArray> observed = new TreeMap<>();
            for (String modality : key.observed()) {
                observed.put(
                        modality,
                        matrix(scratch, requests.stream().map(r -> r.get(modality)).toList()));
            }
            Distribution z = model.infer(key.target(), observed);
            List<float[]> means = rows(z.mean());
            if (!(z instanceof DiagonalGaussian gaussian)) {
                return means.stream().map(mean -> new Posterior(mean, null)).toList();
            }
            List<float[]> logVariances = rows(gaussian.logVariance());
            List<Posterior> posteriors = new ArrayList<>();
            for (int i = 0; i < means.size(); i++) {
                posteriors.add(new Posterior(means.get(i), logVariances.get(i)));
            }
            return posteriors;
        }
    }

    private List<Locus> locateBatch(String target, List<float[]> z) {
        try (NDManager scratch = manager.newSubManager()) {
            return model.locate(target, matrix(scratch, z)).toList();
        }
    }

    private List<float[]> vectorBatch(String modality, List<float[]> values) {
        try (NDManager scratch = manager.newSubManager()) {
            return rows(model.indexVectors(modality, matrix(scratch, values)));
        }
    }

    private static NDArray matrix(NDManager scratch, List<float[]> rows) {
        int width = rows.getFirst().length;
        float[] flat = new float[rows.size() * width];
        for (int i = 0; i < rows.size(); i++) {
            System.arraycopy(rows.get(i), 0, flat, i * width, width);
        }
        return scratch.create(flat, new Shape(rows.size(), width));
    }

    private static List<float[]> rows(NDArray matrix) {
        int width = Math.toIntExact(matrix.getShape().get(1));
        float[] flat = matrix.toFloatArray();
        List<float[]> rows = new ArrayList<>();
        for (int start = 0; start < flat.length; start += width) {
            rows.add(Arrays.copyOfRange(flat, start, start + width));
        }
        return rows;
    }

    @Override
    public void close() {
        inferences.close();
        locations.close();
        vectors.close();
        model.close();
        manager.close();
    }
}
