package dev.gimbal.web;

import ai.djl.ndarray.NDManager;
import dev.gimbal.bundle.Factor;
import dev.gimbal.bundle.LatentSpace;
import dev.gimbal.bundle.Manifest;
import dev.gimbal.bundle.ModelBundle;
import dev.gimbal.bundle.Provenance;
import dev.gimbal.bundle.Safetensors;
import dev.gimbal.dataset.Modality;
import dev.gimbal.family.Architecture;
import dev.gimbal.family.CrossModalModel;
import dev.gimbal.family.Family;
import dev.gimbal.family.Similarity;
import dev.gimbal.network.Activation;
import dev.gimbal.network.Mlp;
import dev.gimbal.network.Network;
import dev.gimbal.network.Parameters;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;

/// Real bundles, small and untrained: what they find is arbitrary, how they find it is not.
final class TinyModels {
    private static final int SHARED = 8;

    private TinyModels() {}

    /// RIVAE from squares to ovals, 64 x 64, with three factors.
    static ModelBundle sprites(long seed) {
        return bundle(
                "tiny-sprites",
                Family.RIVAE,
                List.of(Modality.image("square", 1, 64, 64), Modality.image("oval", 1, 64, 64)),
                List.of("x", "y", "size"),
                Similarity.NEGATIVE_SQUARED_L2,
                seed);
    }

    /// Cos-Sim-LVM from 6-vectors to 5-vectors, with two factors.
    static ModelBundle vectors(long seed) {
        return bundle(
                "tiny-vectors",
                Family.COS_SIM_LVM,
                List.of(Modality.vector("x1", 6), Modality.vector("x2", 5)),
                List.of("first", "second"),
                Similarity.COSINE,
                seed);
    }

    private static ModelBundle bundle(
            String name,
            Family family,
            List<Modality> modalities,
            List<String> factors,
            Similarity similarity,
            long seed) {
        String query = modalities.getFirst().name();
        String target = modalities.getLast().name();
        int latent = factors.size();
        Map<String, Network> networks =
                Map.of(
                        "embedder." + query,
                        mlp(modalities.getFirst().size(), SHARED),
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
        byte[] weights = weights(architecture, seed);
        String sha256 = ModelBundle.sha256(weights);
        Manifest manifest =
                new Manifest(
                        Manifest.FORMAT,
                        name,
                        architecture,
                        List.of(
                                new LatentSpace(
                                        List.of(query),
                                        target,
                                        factors.stream()
                                                .map(f -> new Factor(f, 0, 0.5, -1, 1))
                                                .toList())),
                        Map.of(query, SHARED, target, SHARED),
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
