package dev.gimbal.family;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import dev.gimbal.distribution.Density;
import dev.gimbal.distribution.DiagonalGaussian;
import dev.gimbal.distribution.DiagonalLaplace;
import dev.gimbal.distribution.Distribution;
import dev.gimbal.distribution.Mixture;
import dev.gimbal.distribution.PointMass;
import dev.gimbal.network.Parameters;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/// A variational autoencoder of several modalities: each has an encoder `q(z_s, z_p | x)` into a
/// latent that all share and one of its own, and a decoder `p(x | z_p, z_s)`. Families differ in
/// how beliefs about the shared latent become one.
///
/// Items are searched by the mean of the shared latent, under the cosine (Sec. 5.2 of Lee and
/// Pavlovic 2021); the private latent is drawn from only.
public abstract sealed class MultimodalVae extends NetworkModel permits Dmvae, Mvae, Mmvae, MoPoe {
    private final GenerativeLayout layout;

    MultimodalVae(Architecture architecture, Parameters parameters) {
        super(architecture, parameters);
        layout = architecture.layout();
    }

    /// What one modality says.
    ///
    /// @param shared `q(z_s | x)`
    /// @param own `q(z_p | x)`; `null` where the modality has no latent of its own
    public record Encoding(Density shared, @Nullable Density own) {}

    /// What one modality says of the shared latent, in a batch where it may be absent.
    ///
    /// @param presence 1 where it was observed and 0 where it is absent, `[batch, 1]`; `null` where
    ///   it always was
    public record Belief(Density shared, @Nullable NDArray presence) {}

    /// One belief from several: `q(z_s | x)`.
    ///
    /// @param beliefs by modality, at least one
    public abstract Distribution fuse(Map<String, Belief> beliefs);

    /// `q(z_s, z_p | x)`.
    ///
    /// @param preprocessed `[batch, size]`
    public final Encoding encode(String modality, NDArray preprocessed) {
        NDArray output = network("encoder." + modality, preprocessed);
        int shared = layout.shared();
        int own = layout.ownSize(modality);
        if (own == 0) {
            return new Encoding(density(output, shared), null);
        }
        NDList parts = output.split(new long[] {2L * shared}, 1);
        return new Encoding(density(parts.get(0), shared), density(parts.get(1), own));
    }

    /// The first half of the outputs is the mean.
    private Density density(NDArray output, int size) {
        NDList halves = output.split(2, 1);
        return switch (layout.posterior()) {
            case GAUSSIAN -> new DiagonalGaussian(halves.get(0), halves.get(1));
            case LAPLACE ->
                    new DiagonalLaplace(
                            halves.get(0), halves.get(1).logSoftmax(1).add(Math.log(size)));
        };
    }

    /// The decoder's output, of which [dev.gimbal.distribution.Likelihood] makes `p(x | z_p, z_s)`.
    ///
    /// @param shared z_s, `[batch, shared]`
    /// @param own z_p, `[batch, own]`; `null` where the modality has none
    public final NDArray decode(String modality, NDArray shared, @Nullable NDArray own) {
        return network(
                "decoder." + modality,
                own == null ? shared : NDArrays.concat(new NDList(own, shared), 1));
    }

    /// The expected observation, `E p(x | z_p, z_s)`, in preprocessed units.
    public final NDArray generate(String modality, NDArray shared, @Nullable NDArray own) {
        return layout.likelihood(modality).mean(decode(modality, shared, own));
    }

    /// Latents and likelihoods.
    public final GenerativeLayout layout() {
        return layout;
    }

    /// What the observed modalities, any of them, say about the shared latent; the target plays no
    /// part in it.
    @Override
    public final Distribution infer(String target, Map<String, NDArray> observed) {
        requireKnown(target);
        observed.keySet().forEach(this::requireKnown);
        if (observed.isEmpty()) {
            throw new UnsupportedQueryException(List.of(), target, modalityNames());
        }
        Map<String, Belief> beliefs = new LinkedHashMap<>();
        for (String modality : modalityNames()) {
            NDArray x = observed.get(modality);
            if (x != null) {
                Density shared = encode(modality, preprocess(modality, x)).shared();
                beliefs.put(modality, new Belief(shared, null));
            }
        }
        return fuse(beliefs);
    }

    /// `log w = log p(x, z) - log q(z | x)` at one sample z of `q(z_s | x) prod_i q(z_p_i | x_i)`,
    /// nats, `[batch]`: what [dev.gimbal.metric.ImportanceWeightedLikelihood] averages.
    ///
    /// @param observed every modality, `[batch, size]`
    /// @param random of z; of a mixture the sample is of one component, at random
    public final NDArray logWeight(Map<String, NDArray> observed, RandomGenerator random) {
        Map<String, Belief> beliefs = new LinkedHashMap<>();
        Map<String, Encoding> encodings = new LinkedHashMap<>();
        Map<String, NDArray> preprocessed = new LinkedHashMap<>();
        for (String modality : modalityNames()) {
            NDArray x = preprocess(modality, Objects.requireNonNull(observed.get(modality)));
            Encoding encoding = encode(modality, x);
            preprocessed.put(modality, x);
            encodings.put(modality, encoding);
            beliefs.put(modality, new Belief(encoding.shared(), null));
        }
        Mixture mixture = mixture(fuse(beliefs));
        Density drawn = component(mixture, random);
        NDArray shared = drawn.sample(random);
        NDArray weight = drawn.standard().logDensity(shared).sub(mixture.logDensity(shared));
        for (String modality : modalityNames()) {
            Density own = Objects.requireNonNull(encodings.get(modality)).own();
            NDArray style = null;
            if (own != null) {
                style = own.sample(random);
                weight = weight.add(own.standard().logDensity(style)).sub(own.logDensity(style));
            }
            weight =
                    weight.add(
                            layout.likelihood(modality)
                                    .logDensity(
                                            decode(modality, shared, style),
                                            Objects.requireNonNull(preprocessed.get(modality))));
        }
        return weight;
    }

    /// One draw of a belief about the shared latent for each row; of a mixture that of one
    /// component, at random.
    public static NDArray draw(Distribution belief, RandomGenerator random) {
        return component(mixture(belief), random).sample(random);
    }

    private static Mixture mixture(Distribution belief) {
        return switch (belief) {
            case Mixture several -> several;
            case Density one -> new Mixture(List.of(one));
            case PointMass _ -> throw new IllegalStateException("a point has no density");
        };
    }

    private static Density component(Mixture mixture, RandomGenerator random) {
        List<Density> components = mixture.components();
        return components.get(random.nextInt(components.size()));
    }

    /// The latent itself is what items are compared by.
    @Override
    public final Loci locate(String target, NDArray z) {
        requireKnown(target);
        return new Loci(z, Similarity.COSINE, 1, 0);
    }

    @Override
    public final NDArray indexVectors(String modality, NDArray x) {
        requireKnown(modality);
        return infer(modality, Map.of(modality, x)).mean();
    }

    @Override
    public final int latentSize(String target) {
        return layout.shared();
    }

    /// To each modality from all the others, the last one first.
    @Override
    public final List<Way> ways() {
        return modalityNames().reversed().stream()
                .map(target ->
                        new Way(
                                modalityNames().stream().filter(m -> !m.equals(target)).toList(),
                                target))
                .toList();
    }

    @Override
    public final int indexDimension(String modality) {
        return layout.shared();
    }

    @Override
    public final Similarity similarity() {
        return Similarity.COSINE;
    }

    final List<String> modalityNames() {
        return architecture().modalities().stream().map(m -> m.name()).toList();
    }

    private void requireKnown(String modality) {
        if (!modalityNames().contains(modality)) {
            throw new UnsupportedQueryException(List.of(modality), modality, modalityNames());
        }
    }
}
