package dev.gimbal.embedding;

import dev.gimbal.family.GenerativeLayout;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/// What one query says about z, outside native memory.
///
/// @param mean `[latent]`
/// @param logVariance `[latent]`; `null` for a point mass or a mixture
/// @param kind of distribution with that mean and variance; of a mixture the kind of its components
/// @param components of a mixture with equal weights; empty for what has one component only
public record Posterior(
        float[] mean,
        float @Nullable [] logVariance,
        GenerativeLayout.Posterior kind,
        List<Posterior> components) {

    public Posterior {
        components = List.copyOf(components);
    }

    /// A point mass, or one Gaussian.
    public Posterior(float[] mean, float @Nullable [] logVariance) {
        this(mean, logVariance, GenerativeLayout.Posterior.GAUSSIAN);
    }

    /// One component.
    public Posterior(
            float[] mean, float @Nullable [] logVariance, GenerativeLayout.Posterior kind) {
        this(mean, logVariance, kind, List.of());
    }

    /// The mixture of these with equal weights, at least one.
    ///
    /// @param mean theirs together
    public static Posterior mixture(float[] mean, List<Posterior> components) {
        return new Posterior(mean, null, components.getFirst().kind, components);
    }

    /// The components; itself when it is the only one.
    public List<Posterior> parts() {
        return components.isEmpty() ? List.of(this) : components;
    }

    /// The component of each of so many samples: one after the other, a random one first, so that
    /// each sample is one of the mixture and they spread evenly over its components.
    public List<Posterior> strata(int samples, RandomGenerator random) {
        List<Posterior> parts = parts();
        int first = parts.size() == 1 ? 0 : random.nextInt(parts.size());
        return IntStream.range(0, samples)
                .mapToObj(s -> parts.get((first + s) % parts.size()))
                .toList();
    }

    /// A sample of one component, `z_j = mean_j + deviation_j e_j` with e of its kind and of unit
    /// variance.
    ///
    /// @throws IllegalStateException for a point mass or a mixture
    public float[] sample(RandomGenerator random) {
        float[] own = logVariance;
        if (own == null) {
            throw new IllegalStateException("a point or a mixture has no variance to draw with");
        }
        float[] z = mean.clone();
        for (int j = 0; j < z.length; j++) {
            double unit = kind.noise(random) / kind.deviation();
            z[j] += (float) (Math.exp(0.5 * own[j]) * unit);
        }
        return z;
    }

    /// A mixture as the one Gaussian with its mean and variance, where several beliefs are
    /// multiplied; anything else is itself.
    public Posterior matched() {
        if (components.isEmpty()) {
            return this;
        }
        float[] variance = new float[mean.length];
        for (Posterior component : components) {
            for (int j = 0; j < mean.length; j++) {
                float apart = component.mean[j] - mean[j];
                float[] own = component.logVariance;
                variance[j] +=
                        (float) ((own == null ? 0 : Math.exp(own[j])) + apart * apart)
                                / components.size();
            }
        }
        for (int j = 0; j < mean.length; j++) {
            variance[j] = (float) Math.log(variance[j]);
        }
        return new Posterior(mean, variance);
    }
}
