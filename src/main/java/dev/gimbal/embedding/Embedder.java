package dev.gimbal.embedding;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import dev.gimbal.bundle.LatentSpace;
import dev.gimbal.bundle.Manifest;
import dev.gimbal.bundle.ModelBundle;
import dev.gimbal.dataset.Modality;
import dev.gimbal.dataset.Value;
import dev.gimbal.distribution.Density;
import dev.gimbal.distribution.DiagonalGaussian;
import dev.gimbal.distribution.DiagonalLaplace;
import dev.gimbal.distribution.Distribution;
import dev.gimbal.distribution.Mixture;
import dev.gimbal.distribution.PointMass;
import dev.gimbal.family.Alignment;
import dev.gimbal.family.Architecture;
import dev.gimbal.family.CrossModalModel;
import dev.gimbal.family.GenerativeLayout;
import dev.gimbal.family.Locus;
import dev.gimbal.family.MultimodalVae;
import dev.gimbal.family.Rivae;
import dev.gimbal.family.UnsupportedGenerationException;
import dev.gimbal.network.Rows;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.composite.CompositeMeterRegistry;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/// One loaded model: infer, locate and index vectors, with plain arrays on both sides.
///
/// Thread safe. Requests pass through bounded queues and run in batches; every batch frees its own
/// native memory. Closing frees the weights.
public final class Embedder implements AutoCloseable {
    private record Inference(String target, Set<String> observed) {}

    private record Latents(float[] shared, float[] own) {}

    private volatile ModelBundle bundle;
    private final NDManager manager;
    private final CrossModalModel model;
    private final ReadWriteLock lifetime = new ReentrantReadWriteLock();
    private final QueueMeters meters;
    private final BatchQueue<Inference, Map<String, float[]>, Posterior> inferences;
    private final BatchQueue<String, float[], Locus> locations;
    private final BatchQueue<String, float[], float[]> vectors;
    private final @Nullable BatchQueue<String, Latents, float[]> drawings;

    /// Loads the model of a bundle.
    ///
    /// @throws dev.gimbal.bundle.BundleException when it does not load, or runs code of its own and
    ///   the settings do not allow that
    public Embedder(ModelBundle bundle, EmbeddingSettings settings) {
        this(bundle, settings, new CompositeMeterRegistry());
    }

    /// The same, with its queues shown in a registry.
    public Embedder(ModelBundle bundle, EmbeddingSettings settings, MeterRegistry registry) {
        settings.requireAllowed(bundle);
        this.bundle = bundle;
        this.manager = NDManager.newBaseManager(settings.device().resolve());
        try {
            this.model = bundle.load(manager);
        } catch (Throwable e) {
            manager.close();
            throw e;
        }
        String name = "embed-" + bundle.manifest().name();
        meters =
                new QueueMeters(
                        registry,
                        bundle.manifest().name(),
                        bundle.fingerprint(),
                        settings.queueCapacity());
        inferences =
                new BatchQueue<>(
                        name + "-infer", settings, meters.counted("infer", this::inferBatch));
        locations =
                new BatchQueue<>(
                        name + "-locate", settings, meters.counted("locate", this::locateBatch));
        vectors =
                new BatchQueue<>(
                        name + "-index", settings, meters.counted("index", this::vectorBatch));
        drawings =
                model instanceof MultimodalVae vae
                        ? new BatchQueue<>(
                                name + "-generate",
                                settings,
                                meters.counted(
                                        "generate",
                                        (modality, all) -> drawBatch(vae, modality, all)))
                        : null;
        if (drawings != null) {
            meters.watch("generate", drawings);
        }
        meters.watch("infer", inferences);
        meters.watch("locate", locations);
        meters.watch("index", vectors);
    }

    /// The bundle that was loaded.
    public ModelBundle bundle() {
        return bundle;
    }

    /// Takes what the same model says of itself now, such as its factors' new names.
    void describe(ModelBundle renewed) {
        if (!renewed.fingerprint().equals(bundle.fingerprint())) {
            throw new IllegalArgumentException("another model: " + renewed.fingerprint());
        }
        bundle = renewed;
    }

    /// What the bundle says of itself.
    public Manifest manifest() {
        return bundle.manifest();
    }

    /// Requests that wait for this model.
    public int queueDepth() {
        return inferences.depth()
                + locations.depth()
                + vectors.depth()
                + (drawings == null ? 0 : drawings.depth());
    }

    /// What the observed modalities say about the z that leads to `target`.
    ///
    /// @param observed values by modality
    /// @throws dev.gimbal.family.UnsupportedQueryException when they say nothing
    /// @throws IllegalArgumentException for an unknown modality, another kind or length
    /// @throws OverloadedException when the queue is full
    public Posterior infer(String target, Map<String, Value> observed) {
        Map<String, float[]> read = read(observed);
        return inferences.ask(new Inference(target, read.keySet()), read);
    }

    /// Runs every direction once, so that the first query does not pay for what the engine makes
    /// ready.
    public void warmUp() {
        for (LatentSpace space : manifest().latentSpaces()) {
            Map<String, Value> blank = new TreeMap<>();
            for (String query : space.queries()) {
                Modality modality = manifest().architecture().modality(query);
                blank.put(
                        query,
                        modality.kind() == Modality.Kind.TEXT
                                ? Value.of("blank")
                                : Value.of(new float[modality.size()]));
            }
            locate(space.target(), List.of(infer(space.target(), blank).mean()));
        }
    }

    /// The means of z of many queries of one modality, `[query][latent]`, in the caller's thread
    /// and in fixed chunks: the same queries come to the same bits, whoever else is asking.
    public float[][] meansOfAll(String target, String modality, List<Value> queries) {
        return inBulk(
                read(modality, queries), x -> model.infer(target, Map.of(modality, x)).mean());
    }

    /// The chart in which the z that leads to `target` stands, for families that align it.
    public Optional<Alignment> alignment(String target) {
        return model instanceof Rivae rivae && rivae.towards(target) instanceof Rivae side
                ? Optional.of(side.alignment())
                : Optional.empty();
    }

    /// Where each z lies among the index vectors of `target`.
    ///
    /// @throws OverloadedException when the queue is full
    public List<Locus> locate(String target, List<float[]> z) {
        requireLatent(target, z);
        return locations.askAll(target, z);
    }

    /// The same for many z, in the caller's thread and in fixed chunks.
    public List<Locus> locateAll(String target, float[][] z) {
        requireLatent(target, Arrays.asList(z));
        return whileOpen(() -> {
            List<Locus> loci = new ArrayList<>();
            for (int start = 0; start < z.length; start += Rows.CHUNK) {
                int end = Math.min(start + Rows.CHUNK, z.length);
                loci.addAll(locateBatch(target, Arrays.asList(z).subList(start, end)));
            }
            return loci;
        });
    }

    private void requireLatent(String target, List<float[]> z) {
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
    }

    /// What the model draws of a modality, in the units that its encoder takes.
    ///
    /// @param shared latents that all modalities share
    /// @param own that modality's own latent for each, of [GenerativeLayout#ownSize] entries
    /// @return for each the pixels or numbers, and of a text the probability of every word
    /// @throws IllegalArgumentException when this model draws nothing, or lengths differ
    /// @throws OverloadedException when the queue is full
    public List<float[]> generate(String modality, List<float[]> shared, List<float[]> own) {
        BatchQueue<String, Latents, float[]> queue = drawings;
        if (queue == null) {
            throw new UnsupportedGenerationException(manifest().family());
        }
        GenerativeLayout layout = manifest().architecture().layout();
        int ownSize = layout.ownSize(modality);
        List<Latents> latents = new ArrayList<>();
        for (int i = 0; i < shared.size(); i++) {
            if (shared.get(i).length != layout.shared() || own.get(i).length != ownSize) {
                throw new IllegalArgumentException(
                        "'%s' is drawn from %d shared and %d own entries, not %d and %d"
                                .formatted(
                                        modality,
                                        layout.shared(),
                                        ownSize,
                                        shared.get(i).length,
                                        own.get(i).length));
            }
            latents.add(new Latents(shared.get(i), own.get(i)));
        }
        return queue.askAll(modality, latents);
    }

    /// The same for many latents, in the caller's thread and in fixed chunks.
    public float[][] generateAll(String modality, float[][] shared, float[][] own) {
        MultimodalVae vae = generative();
        return whileOpen(() -> {
            float[][] drawn = new float[shared.length][];
            for (int start = 0; start < shared.length; start += Rows.CHUNK) {
                int end = Math.min(start + Rows.CHUNK, shared.length);
                List<Latents> chunk =
                        IntStream.range(start, end)
                                .mapToObj(i -> new Latents(shared[i], own[i]))
                                .toList();
                List<float[]> rows = drawBatch(vae, modality, chunk);
                for (int i = start; i < end; i++) {
                    drawn[i] = rows.get(i - start);
                }
            }
            return drawn;
        });
    }

    /// The means of a modality's own latent, `[value][own]`, in the caller's thread.
    ///
    /// @throws IllegalArgumentException when it has none
    public float[][] ownMeansOfAll(String modality, List<Value> values) {
        MultimodalVae vae = generative();
        if (vae.layout().ownSize(modality) == 0) {
            throw new IllegalArgumentException("'" + modality + "' has no latent of its own");
        }
        return inBulk(
                read(modality, values),
                x ->
                        Objects.requireNonNull(
                                        vae.encode(modality, vae.preprocess(modality, x)).own())
                                .mean());
    }

    /// One draw of the shared latent of each value, `z_s ~ q(z_s | x)`, `[value][shared]`, in the
    /// caller's thread; the same seed comes to the same bits.
    public float[][] sharedDrawsOfAll(String modality, List<Value> values, long seed) {
        MultimodalVae vae = generative();
        RandomGenerator random = RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
        return inBulk(
                read(modality, values),
                x -> MultimodalVae.draw(vae.infer(modality, Map.of(modality, x)), random));
    }

    /// Importance weights of whole examples, `log p(x, z) - log q(z | x)` in nats,
    /// `[example][sample]`; see [MultimodalVae#logWeight].
    ///
    /// @param values by modality, row by row one example
    public double[][] logWeights(Map<String, List<Value>> values, int samples, long seed) {
        MultimodalVae vae = generative();
        Map<String, float[][]> rows = new TreeMap<>();
        values.forEach((modality, all) -> rows.put(modality, read(modality, all)));
        int count = rows.values().iterator().next().length;
        RandomGenerator random = RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
        double[][] weights = new double[count][samples];
        return whileOpen(() -> {
            for (int start = 0; start < count; start += Rows.CHUNK) {
                int end = Math.min(start + Rows.CHUNK, count);
                for (int k = 0; k < samples; k++) {
                    float[] chunk = logWeight(vae, rows, start, end, random);
                    for (int i = start; i < end; i++) {
                        weights[i][k] = chunk[i - start];
                    }
                }
            }
            return weights;
        });
    }

    private float[] logWeight(
            MultimodalVae vae,
            Map<String, float[][]> rows,
            int start,
            int end,
            RandomGenerator random) {
        try (NDManager scratch = manager.newSubManager()) {
            Map<String, NDArray> observed = new TreeMap<>();
            rows.forEach((modality, all) ->
                    observed.put(
                            modality,
                            Rows.matrix(scratch, Arrays.asList(all).subList(start, end))));
            return vae.logWeight(observed, random).toFloatArray();
        }
    }

    private MultimodalVae generative() {
        if (model instanceof MultimodalVae vae) {
            return vae;
        }
        throw new UnsupportedGenerationException(manifest().family());
    }

    private List<float[]> drawBatch(MultimodalVae vae, String modality, List<Latents> latents) {
        try (NDManager scratch = manager.newSubManager()) {
            NDArray shared = Rows.matrix(scratch, latents.stream().map(Latents::shared).toList());
            NDArray own =
                    vae.layout().ownSize(modality) == 0
                            ? null
                            : Rows.matrix(scratch, latents.stream().map(Latents::own).toList());
            return List.of(Rows.of(vae.generate(modality, shared, own)));
        }
    }

    /// The index vector of one value.
    ///
    /// @throws OverloadedException when the queue is full
    public float[] indexVector(String modality, Value value) {
        return vectors.ask(modality, manifest().architecture().read(modality, value));
    }

    /// The index vectors of many items, in the caller's thread and in fixed chunks: queries do not
    /// wait behind them in a queue, and the same items come to the same bits.
    public float[][] indexVectorsOfAll(String modality, List<Value> values) {
        return inBulk(read(modality, values), x -> model.indexVectors(modality, x));
    }

    private float[][] inBulk(float[][] rows, UnaryOperator<NDArray> function) {
        return whileOpen(() -> Rows.map(manager, rows, function));
    }

    /// Weights are not freed under a computation.
    private <T> T whileOpen(Supplier<T> computation) {
        lifetime.readLock().lock();
        try {
            if (!manager.isOpen()) {
                throw new IllegalStateException("the model is closed");
            }
            return NativeMemoryException.told(computation);
        } finally {
            lifetime.readLock().unlock();
        }
    }

    private float[][] read(String modality, List<Value> values) {
        Architecture architecture = manifest().architecture();
        return values.stream()
                .map(value -> architecture.read(modality, value))
                .toArray(float[][]::new);
    }

    private Map<String, float[]> read(Map<String, Value> observed) {
        Map<String, float[]> read = new TreeMap<>();
        observed.forEach((modality, value) ->
                read.put(modality, manifest().architecture().read(modality, value)));
        return read;
    }

    private List<Posterior> inferBatch(Inference key, List<Map<String, float[]>> requests) {
        try (NDManager scratch = manager.newSubManager()) {
            Map<String, NDArray> observed = new TreeMap<>();
            for (String modality : key.observed()) {
                observed.put(
                        modality,
                        Rows.matrix(scratch, requests.stream().map(r -> r.get(modality)).toList()));
            }
            return posteriors(model.infer(key.target(), observed));
        }
    }

    private static List<Posterior> posteriors(Distribution z) {
        float[][] means = Rows.of(z.mean());
        return switch (z) {
            case PointMass _ ->
                    Arrays.stream(means).map(mean -> new Posterior(mean, null)).toList();
            case Density density -> {
                float[][] logVariances = Rows.of(density.logVariance());
                GenerativeLayout.Posterior kind = kind(density);
                yield IntStream.range(0, means.length)
                        .mapToObj(i -> new Posterior(means[i], logVariances[i], kind))
                        .toList();
            }
            case Mixture(List<Density> components, _) -> {
                List<List<Posterior>> parts =
                        components.stream().map(Embedder::posteriors).toList();
                yield IntStream.range(0, means.length)
                        .mapToObj(i ->
                                Posterior.mixture(
                                        means[i], parts.stream().map(part -> part.get(i)).toList()))
                        .toList();
            }
        };
    }

    private static GenerativeLayout.Posterior kind(Density density) {
        return switch (density) {
            case DiagonalGaussian _ -> GenerativeLayout.Posterior.GAUSSIAN;
            case DiagonalLaplace _ -> GenerativeLayout.Posterior.LAPLACE;
        };
    }

    private List<Locus> locateBatch(String target, List<float[]> z) {
        try (NDManager scratch = manager.newSubManager()) {
            return model.locate(target, Rows.matrix(scratch, z)).toList();
        }
    }

    private List<float[]> vectorBatch(String modality, List<float[]> values) {
        try (NDManager scratch = manager.newSubManager()) {
            return List.of(Rows.of(model.indexVectors(modality, Rows.matrix(scratch, values))));
        }
    }

    @Override
    public void close() {
        meters.close();
        inferences.close();
        locations.close();
        vectors.close();
        if (drawings != null) {
            drawings.close();
        }
        lifetime.writeLock().lock();
        try {
            model.close();
            manager.close();
        } finally {
            lifetime.writeLock().unlock();
        }
    }
}
