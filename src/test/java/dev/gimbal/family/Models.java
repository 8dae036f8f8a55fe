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
    public static final int THIRD_SIZE = 4;
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
        return generative(
                family,
                List.of(Modality.vector("x1", QUERY_SIZE), Modality.vector("x2", TARGET_SIZE)));
    }

    private static Architecture generative(Family family, List<Modality> modalities) {
        Map<String, Network> networks = new TreeMap<>();
        Map<String, Integer> privates = new TreeMap<>();
        Map<String, Likelihood> likelihoods = new TreeMap<>();
        for (Modality modality : modalities) {
            String name = modality.name();
            boolean first = name.equals("x1");
            int own = first ? OWN : 0;
            networks.put("encoder." + name, mlp(modality.size(), 2 * (LATENT + own)));
            networks.put("decoder." + name, mlp(LATENT + own, modality.size()));
            privates.put(name, own);
            likelihoods.put(
                    name,
                    Likelihood.of(first ? Likelihood.Kind.GAUSSIAN : Likelihood.Kind.BERNOULLI));
        }
        return new Architecture(
                family,
                modalities,
                Map.of(),
                networks,
                Map.of(),
                new GenerativeLayout(
                        family == Family.MMVAE
                                ? GenerativeLayout.Posterior.LAPLACE
                                : GenerativeLayout.Posterior.GAUSSIAN,
                        LATENT,
                        privates,
                        likelihoods));
    }

    /// A model that draws, of a third modality besides: 4-vectors `x3`.
    public static MultimodalVae three(Family family, NDManager manager, long seed) {
        Architecture architecture =
                generative(
                        family,
                        List.of(
                                Modality.vector("x1", QUERY_SIZE),
                                Modality.vector("x2", TARGET_SIZE),
                                Modality.vector("x3", THIRD_SIZE)));
        return (MultimodalVae) initialised(architecture, manager, seed);
    }

    public static PairedModel paired(Family family, NDManager manager, long seed) {
        return (PairedModel) initialised(family, manager, seed);
    }

    public static MultimodalVae vae(Family family, NDManager manager, long seed) {
        return (MultimodalVae) initialised(family, manager, seed);
    }

    public static NetworkModel initialised(Family family, NDManager manager, long seed) {
        return initialised(architecture(family), manager, seed);
    }

    private static NetworkModel initialised(
            Architecture architecture, NDManager manager, long seed) {
        NetworkModel model =
                (NetworkModel) architecture.family().build(architecture, new Parameters(manager));
        model.initialise(RandomGeneratorFactory.of("L64X128MixRandom").create(seed));
        return model;
    }

    private static Mlp mlp(int input, int output) {
        return new Mlp(input, List.of(7), output, Activation.TANH);
    }
}
