package dev.gimbal.embedding;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// What one query says about z, outside native memory.
///
/// @param mean `[latent]`
/// @param logVariance `[latent]`; `null` for a point mass or a mixture
/// @param components of a mixture with equal weights; empty for what has one component only
public record Posterior(float[] mean, float @Nullable [] logVariance, List<Posterior> components) {

    public Posterior {
        components = List.copyOf(components);
    }

    /// One component.
    public Posterior(float[] mean, float @Nullable [] logVariance) {
        this(mean, logVariance, List.of());
    }

    /// The components; itself when it is the only one.
    public List<Posterior> parts() {
        return components.isEmpty() ? List.of(this) : components;
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
