package dev.gimbal.network;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import dev.gimbal.distribution.Constant;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// An embedding that says how much of a hub it is. Items that are near to everything (Radovanovic
/// et al. 2010) crowd others out of every ranking; here they lose in all of them, in proportion.
///
/// With `u = n(x) / |n(x)|`, `h(u)` is the mean cosine of u and the `neighbours` nearest of its
/// partners, the other modality's training embeddings, and at least 0: the r of cross-domain
/// similarity local scaling (CSLS, Conneau et al. 2018). The output is `(u, w h, 0)` for the first
/// modality and `(v, 0, w h)` for the second, so that their cosine is `u . v / sqrt((1 + w^2
/// h(u)^2) (1 + w^2 h(v)^2))`: an inner product as before, which every index searches.
///
/// @param network n, without the discount
/// @param partners how many
/// @param neighbours of them that count
/// @param weight w
/// @param second whether this is the second modality's
public record HubDiscount(
        Network network, int partners, int neighbours, double weight, boolean second)
        implements Network {
    /// Entries that follow those of n.
    public static final int ENTRIES = 2;

    public HubDiscount {
        if (neighbours < 1 || neighbours > partners || !(weight >= 0)) {
            throw new IllegalArgumentException(
                    "hub discount of %d neighbours among %d partners, weight %s"
                            .formatted(neighbours, partners, weight));
        }
    }

    @Override
    public void initialise(Parameters parameters, String name, RandomGenerator random) {
        network.initialise(parameters, name, random);
        parameters.uniform(partners(name), new Shape(network.outputSize(), partners), 1, random);
    }

    /// Where the partners `[outputSize of n, partners]`, columns of unit length, are kept.
    public static String partners(String name) {
        return name + ".partners";
    }

    @Override
    public NDArray forward(Parameters parameters, String name, NDArray x) {
        NDArray u = UnitNorm.of(network.forward(parameters, name, x));
        NDArray hub = Constant.times(weight, hubness(parameters.get(partners(name)), u));
        NDArray none = hub.zerosLike();
        return second ? u.concat(none, 1).concat(hub, 1) : u.concat(hub, 1).concat(none, 1);
    }

    /// h, `[batch, 1]`.
    private NDArray hubness(NDArray partners, NDArray u) {
        NDArray ascending = u.matMul(partners).sort(1);
        return ascending
                .get(":, %d:".formatted(this.partners - neighbours))
                .mean(new int[] {1}, true)
                .maximum(0);
    }

    @Override
    public @Nullable String outputLayer(String name) {
        return network.outputLayer(name);
    }

    @Override
    public Stream<String> modules(String name) {
        return network.modules(name);
    }

    @Override
    public int outputSize() {
        return network.outputSize() + ENTRIES;
    }
}
