package dev.gimbal.retrieval;

import dev.gimbal.bundle.LatentSpace;
import dev.gimbal.dataset.BadInputException;
import dev.gimbal.embedding.Posterior;
import dev.gimbal.family.Locus;
import java.util.List;
import java.util.SplittableRandom;

/// Where a query stands before it is steered.
public sealed interface Anchor {

    /// The loci to search from: the posterior's mean (of a mixture that of each component), or so
    /// many samples of it (of a mixture from one component after the other, a random one first).
    ///
    /// @param samples 0 for the mean
    List<Locus> loci(int samples, long seed);

    /// This anchor as a point of latent space.
    ///
    /// @throws BadInputException when the query has none, so that there is nothing to steer
    default Latent steerable() {
        return switch (this) {
            case Latent latent -> latent;
            case Fixed fixed ->
                    throw new BadInputException("query", fixed.what(), fixed.whyNotSteerable());
        };
    }

    /// How a latent point becomes a locus.
    @FunctionalInterface
    interface Locator {
        /// @param z points `[latent]`
        /// @return one locus for each
        List<Locus> locate(List<float[]> z);
    }

    /// A query with a posterior over z.
    ///
    /// @param space names and units of the factors
    record Latent(LatentSpace space, Posterior posterior, Locator locator) implements Anchor {

        @Override
        public List<Locus> loci(int samples, long seed) {
            List<Posterior> parts = posterior.parts();
            if (samples == 0) {
                return locator.locate(parts.stream().map(Posterior::mean).toList());
            }
            if (parts.stream().anyMatch(part -> part.logVariance() == null)) {
                throw new BadInputException(
                        "samples", samples, "this query has a point, not a distribution, in z");
            }
            SplittableRandom random = new SplittableRandom(seed);
            return locator.locate(
                    posterior.strata(samples, random).stream()
                            .map(part -> part.sample(random))
                            .toList());
        }

        /// The locus of one point.
        public Locus locus(float[] z) {
            return locator.locate(List.of(z)).getFirst();
        }

        /// The index of a factor given by name or by position from 0.
        ///
        /// @param field where the reference stood, for the error
        /// @throws BadInputException when there is none
        public int factor(String reference, String field) {
            return space.factor(reference, field);
        }
    }

    /// A query that is a place in the index space itself, without a z behind it.
    ///
    /// @param what the query, for the error
    /// @param whyNotSteerable the reason that a wish to steer is answered with
    record Fixed(Locus locus, String what, String whyNotSteerable) implements Anchor {

        @Override
        public List<Locus> loci(int samples, long seed) {
            if (samples > 0) {
                throw new BadInputException("samples", samples, whyNotSteerable);
            }
            return List.of(locus);
        }
    }
}
