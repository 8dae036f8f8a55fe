package dev.gimbal.family;

import dev.gimbal.distribution.DiagonalLaplace;
import dev.gimbal.distribution.Likelihood;
import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;
import java.util.random.RandomGenerator;

/// What a generative family adds to an [Architecture]: the spaces of its latents and how each
/// modality is drawn from them.
///
/// @param posterior the kind of `q(z | x)`, and with it of the prior
/// @param shared entries of the latent that all modalities share
/// @param privates entries of each modality's own latent, which holds its style; 0 for none
/// @param likelihoods `p(x | z)` by modality
public record GenerativeLayout(
        Posterior posterior,
        int shared,
        Map<String, Integer> privates,
        Map<String, Likelihood> likelihoods) {

    /// The distributions that an encoder may speak in.
    public enum Posterior {
        /// `N(mean, diag(variance))` against `N(0, I)`.
        GAUSSIAN,
        /// Laplace, its scales `d softmax(output)` as Shi et al. 2019 keep them apart, against the
        /// standard Laplace.
        LAPLACE;

        /// One entry of a draw of the prior.
        public double noise(RandomGenerator random) {
            return switch (this) {
                case GAUSSIAN -> random.nextGaussian();
                case LAPLACE -> DiagonalLaplace.standardNoise(random);
            };
        }

        /// Standard deviation of [#noise].
        public double deviation() {
            return switch (this) {
                case GAUSSIAN -> 1;
                case LAPLACE -> Math.sqrt(2);
            };
        }
    }

    public GenerativeLayout {
        privates = Collections.unmodifiableMap(new TreeMap<>(privates));
        likelihoods = Collections.unmodifiableMap(new TreeMap<>(likelihoods));
        if (shared < 1 || privates.values().stream().anyMatch(size -> size < 0)) {
            throw new IllegalArgumentException(
                    "latents of %d shared and %s private entries".formatted(shared, privates));
        }
        if (!privates.keySet().equals(likelihoods.keySet())) {
            throw new IllegalArgumentException(
                    "private latents of %s but likelihoods of %s"
                            .formatted(privates.keySet(), likelihoods.keySet()));
        }
    }

    /// A draw of the prior of so many entries.
    public float[] prior(int size, RandomGenerator random) {
        float[] draw = new float[size];
        for (int j = 0; j < size; j++) {
            draw[j] = (float) posterior.noise(random);
        }
        return draw;
    }

    /// Entries of a modality's own latent.
    ///
    /// @throws IllegalArgumentException for an unknown modality
    public int ownSize(String modality) {
        return of(privates, modality);
    }

    /// `p(x | z)` of a modality.
    ///
    /// @throws IllegalArgumentException for an unknown modality
    public Likelihood likelihood(String modality) {
        return of(likelihoods, modality);
    }

    private static <T> T of(Map<String, T> map, String modality) {
        T value = map.get(modality);
        if (value == null) {
            throw new IllegalArgumentException(
                    "unknown modality '" + modality + "', known are " + map.keySet());
        }
        return value;
    }
}
