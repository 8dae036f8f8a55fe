package dev.gimbal.web;

import ai.djl.ndarray.NDManager;
import dev.gimbal.bundle.Factor;
import dev.gimbal.bundle.LatentSpace;
import dev.gimbal.bundle.Manifest;
import dev.gimbal.bundle.ModelBundle;
import dev.gimbal.bundle.Provenance;
import dev.gimbal.bundle.Safetensors;
import dev.gimbal.dataset.Modality;
import dev.gimbal.distribution.Likelihood;
import dev.gimbal.family.Architecture;
import dev.gimbal.family.CrossModalModel;
import dev.gimbal.family.Family;
import dev.gimbal.family.GenerativeLayout;
import dev.gimbal.family.Similarity;
import dev.gimbal.network.Activation;
import dev.gimbal.network.ConvolutionalEncoder;
import dev.gimbal.network.Mlp;
import dev.gimbal.network.Network;
import dev.gimbal.network.Parameters;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;

/// Real bundles, small and untrained: what they find is arbitrary, how they find it is not.
public final class TinyModels {
    private static final int SHARED = 8;

    private TinyModels() {}

    /// RIVAE from squares to ovals, 64 x 64, with three factors.
    public static ModelBundle sprites(long seed) {
        return bundle(
                "tiny-sprites",
                Family.RIVAE,
                List.of(Modality.image("square", 1, 64, 64), Modality.image("oval", 1, 64, 64)),
                List.of("x", "y", "size"),
                Similarity.NEGATIVE_SQUARED_L2,
                seed);
    }

    /// Cos-Sim-LVM from 6-vectors to 5-vectors, with two factors.
    public static ModelBundle vectors(long seed) {
        return bundle(
                "tiny-vectors",
                Family.COS_SIM_LVM,
                List.of(Modality.vector("x1", 6), Modality.vector("x2", 5)),
                List.of("first", "second"),
                Similarity.COSINE,
                seed);
    }

    /// Of written digits and street numbers: a latent of 4 that they share, and of 2 that street
    /// numbers have of their own.
    static ModelBundle digits(Family family, long seed) {
        Modality written = Modality.image("written", 1, 28, 28);
        Modality street = Modality.image("street", 3, 32, 32);
        Architecture architecture =
                new Architecture(
                        family,
                        List.of(written, street),
                        Map.of(),
                        Map.of(
                                "encoder.written", mlp(written.size(), 8),
                                "encoder.street", mlp(street.size(), 12),
                                "decoder.written", mlp(4, written.size()),
                                "decoder.street", mlp(6, street.size())),
                        Map.of(),
                        new GenerativeLayout(
                                GenerativeLayout.Posterior.GAUSSIAN,
                                4,
                                Map.of("written", 0, "street", 2),
                                Map.of(
                                        "written", Likelihood.of(Likelihood.Kind.BERNOULLI),
                                        "street", Likelihood.of(Likelihood.Kind.BERNOULLI))));
        List<String> factors = List.of("z1", "z2", "z3", "z4");
        return bundle(
                "tiny-" + family.id(),
                architecture,
                List.of(
                        space(List.of("written"), "street", factors),
                        space(List.of("street"), "written", factors)),
                Map.of("written", 4, "street", 4),
                Similarity.COSINE,
                seed);
    }

    private static LatentSpace space(List<String> queries, String target, List<String> factors) {
        return new LatentSpace(
                queries, target, factors.stream().map(f -> new Factor(f, 0, 0.5, -1, 1)).toList());
    }

    /// From pictures of 256 x 256 to 5-vectors: a few weights, and 128 MiB for each picture between
    /// its first two layers.
    public static ModelBundle hungry(long seed) {
        return bundle(
                "tiny-hungry",
                Family.COS_SIM_LVM,
                List.of(Modality.image("picture", 1, 256, 256), Modality.vector("x2", 5)),
                List.of("first", "second"),
                Similarity.COSINE,
                new ConvolutionalEncoder(
                        List.of(1, 256, 256), List.of(2048, 2, 2, 2, 2), 16, SHARED),
                seed);
    }

    private static ModelBundle bundle(
            String name,
            Family family,
            List<Modality> modalities,
            List<String> factors,
            Similarity similarity,
            long seed) {
        Network embedder = mlp(modalities.getFirst().size(), SHARED);
        return bundle(name, family, modalities, factors, similarity, embedder, seed);
    }

    private static ModelBundle bundle(
            String name,
            Family family,
            List<Modality> modalities,
            List<String> factors,
            Similarity similarity,
            Network embedder,
            long seed) {
        String query = modalities.getFirst().name();
        String target = modalities.getLast().name();
        int latent = factors.size();
        Map<String, Network> networks =
                Map.of(
                        "embedder." + query,
                        embedder,
                        "embedder." + target,
                        mlp(modalities.getLast().size(), SHARED),
                        "prior",
                        mlp(SHARED, 2 * latent),
                        "posterior",
                        mlp(2 * SHARED, 2 * latent),
                        "encoder",
                        mlp(SHARED, latent),
                        "decoder",
                        mlp(latent, SHARED));
        Architecture architecture =
                new Architecture(
                        family,
                        modalities,
                        Map.of(),
                        networks,
                        Map.of("eta", 0.1, "deviationLow", 0.02, "deviationHigh", 0.5));
        return bundle(
                name,
                architecture,
                List.of(space(List.of(query), target, factors)),
                Map.of(query, SHARED, target, SHARED),
                similarity,
                seed);
    }

    private static ModelBundle bundle(
            String name,
            Architecture architecture,
            List<LatentSpace> spaces,
            Map<String, Integer> dimensions,
            Similarity similarity,
            long seed) {
        byte[] weights = weights(architecture, seed);
        String sha256 = ModelBundle.sha256(weights);
        Manifest manifest =
                new Manifest(
                        Manifest.FORMAT,
                        name,
                        architecture,
                        spaces,
                        dimensions,
                        similarity,
                        sha256,
                        ModelBundle.fingerprint(architecture, sha256),
                        new Provenance(
                                "none", "none", seed, "test", Map.of(), Map.of(), Instant.EPOCH, 0),
                        Map.of());
        return new ModelBundle(manifest, weights);
    }

    private static byte[] weights(Architecture architecture, long seed) {
        RandomGenerator random = RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
        try (NDManager manager = NDManager.newBaseManager();
                CrossModalModel model =
                        architecture.family().build(architecture, new Parameters(manager))) {
            model.initialise(random);
            return Safetensors.encode(model.parameters().list());
        }
    }

    private static Mlp mlp(int input, int output) {
        return new Mlp(input, List.of(16), output, Activation.TANH);
    }
}
