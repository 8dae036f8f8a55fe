package dev.gimbal.family;

import dev.gimbal.distribution.Density;
import dev.gimbal.distribution.DiagonalGaussian;
import dev.gimbal.distribution.ProductOfExperts;
import dev.gimbal.distribution.ProductOfExperts.Expert;
import java.util.Collection;
import java.util.Map;

/// Beliefs as Gaussian experts, the only ones whose product has a closed form.
final class Gaussians {
    private Gaussians() {}

    /// @throws IllegalArgumentException when the posteriors are of another kind
    static void require(Architecture architecture) {
        if (architecture.layout().posterior() != GenerativeLayout.Posterior.GAUSSIAN) {
            throw new IllegalArgumentException(
                    "%s multiplies experts, which takes GAUSSIAN posteriors, not %s"
                            .formatted(
                                    architecture.family().id(), architecture.layout().posterior()));
        }
    }

    /// The single belief.
    static DiagonalGaussian only(Map<String, MultimodalVae.Belief> beliefs) {
        return gaussian(beliefs.values().iterator().next().shared());
    }

    static DiagonalGaussian productWithPrior(Collection<MultimodalVae.Belief> beliefs) {
        return ProductOfExperts.withPrior(
                beliefs.stream()
                        .map(belief -> new Expert(gaussian(belief.shared()), belief.presence()))
                        .toList());
    }

    private static DiagonalGaussian gaussian(Density density) {
        if (density instanceof DiagonalGaussian gaussian) {
            return gaussian;
        }
        throw new IllegalStateException("not a Gaussian: " + density);
    }
}
