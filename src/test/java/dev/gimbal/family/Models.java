package dev.gimbal.family;

import ai.djl.ndarray.NDManager;
import dev.gimbal.dataset.Modality;
import dev.gimbal.distribution.Likelihood;
import dev.gimbal.network.Activation;
import dev.gimbal.network.Mlp;
import dev.gimbal.network.Network;
import dev.gimbal.network.Parameters;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.random.RandomGeneratorFactory;

/// Small models of every family, from 6-vectors `x1` to 5-vectors `x2`, over V of 4 dimensions and
/// z of 2; untrained.
public final class Models {
    public static final int QUERY_SIZE = 6;
    public static final int TARGET_SIZE = 5;
    public static final int EMBEDDING = 4;
    public static final int LATENT = 2;

    public static final int OWN = 3;

    /// The families that draw.
    public static final Set<Family> GENERATIVE =
            EnumSet.of(Family.DMVAE, Family.MVAE, Family.MMVAE, Family.MOPOE);

    private Models() {}

    public static Architecture architecture(Family family) {
        if (GENERATIVE.contains(family)) {
            return generative(family);
        }
        Map<String, Network> networks = new TreeMap<>();
        networks.put("embedder.x1", mlp(QUERY_SIZE, EMBEDDING));
        networks.put("embedder.x2", mlp(TARGET_SIZE, EMBEDDING));
        switch (family) {
            case COS_SIM -> {}
            case COS_SIM_LVM -> {
                networks.put("encoder", mlp(EMBEDDING, LATENT));
                networks.put("decoder", mlp(LATENT, EMBEDDING));
            }
            case RIVAE -> {
                networks.put("prior", mlp(EMBEDDING, 2 * LATENT));
                networks.put("posterior", mlp(2 * EMBEDDING, 2 * LATENT));
                networks.put("decoder", mlp(LATENT, EMBEDDING));
            }
            case DMVAE, MVAE, MMVAE, MOPOE -> throw new IllegalArgumentException(family.id());
        }
        return new Architecture(
                family,
                List.of(Modality.vector("x1", QUERY_SIZE), Modality.vector("x2", TARGET_SIZE)),
                Map.of(),
                networks,
                family == Family.RIVAE
                        ? Map.of("eta", 0.5, "deviationLow", 0.02, "deviationHigh", 0.5)
                        : Map.of());
    }

    /// `x1` has a latent of its own, `x2` has none.
    private static Architecture generative(Family family) {
        return new Architecture(
                family,
                List.of(Modality.vector("x1", QUERY_SIZE), Modality.vector("x2", TARGET_SIZE)),
                Map.of(),
                Map.of(
                        "encoder.x1", mlp(QUERY_SIZE, 2 * (LATENT + OWN)),
                        "decoder.x1", mlp(LATENT + OWN, QUERY_SIZE),
                        "encoder.x2", mlp(TARGET_SIZE, 2 * LATENT),
                        "decoder.x2", mlp(LATENT, TARGET_SIZE)),
                Map.of(),
                new GenerativeLayout(
                        family == Family.MMVAE
                                ? GenerativeLayout.Posterior.LAPLACE
                                : GenerativeLayout.Posterior.GAUSSIAN,
                        LATENT,
                        Map.of("x1", OWN, "x2", 0),
                        Map.of(
                                "x1", Likelihood.of(Likelihood.Kind.GAUSSIAN),
                                "x2", Likelihood.of(Likelihood.Kind.BERNOULLI))));
    }

    public static PairedModel paired(Family family, NDManager manager, long seed) {
        return (PairedModel) initialised(family, manager, seed);
    }

    public static MultimodalVae vae(Family family, NDManager manager, long seed) {
        return (MultimodalVae) initialised(family, manager, seed);
    }

    public static NetworkModel initialised(Family family, NDManager manager, long seed) {
        NetworkModel model =
                (NetworkModel) family.build(architecture(family), new Parameters(manager));
        model.initialise(RandomGeneratorFactory.of("L64X128MixRandom").create(seed));
        return model;
    }

    private static Mlp mlp(int input, int output) {
        return new Mlp(input, List.of(7), output, Activation.TANH);
    }
}
