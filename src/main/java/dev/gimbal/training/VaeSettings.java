package dev.gimbal.training;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.gimbal.dataset.Modality;
import dev.gimbal.distribution.Likelihood;
import dev.gimbal.family.GenerativeLayout.Posterior;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// The choices of a training of DMVAE, MVAE, MMVAE or MoPoE-VAE.
///
/// @param shared entries of the latent that all modalities share
/// @param privates entries of each modality's own, by its name or else by its kind
/// @param posterior kind of `q(z | x)`
/// @param encoders how each modality is encoded, by its name or kind
/// @param decoders how it is drawn
/// @param likelihoods `p(x | z)`
/// @param weights lambda of Eq. 3 of Lee and Pavlovic 2021, which balances the modalities
/// @param steps of the optimiser, at most: as many whole epochs as fit, at least one
/// @param batchSize examples in a step
/// @param learningRate at the start
/// @param endFactor what a cosine takes the rate down to
/// @param samples of z for each example and modality, of the importance-weighted bounds
/// @param bound what MMVAE maximises
/// @param without terms of DMVAE's objective that an ablation leaves out: [#JOINT], or by [#cross]
/// @param matching the supervised image-text loss beside the bound; `null` for none
public record VaeSettings(
        int shared,
        Map<String, Integer> privates,
        Posterior posterior,
        Map<String, EncoderSettings> encoders,
        Map<String, DecoderSettings> decoders,
        Map<String, Likelihood> likelihoods,
        Map<String, Double> weights,
        int steps,
        int batchSize,
        double learningRate,
        double endFactor,
        int samples,
        Bound bound,
        List<String> without,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable Matching matching)
        implements Settings {

    /// The joint reconstructions through the product of experts, among [#without].
    public static final String JOINT = "joint";

    /// Lower bounds of `log p(x)` that MMVAE may maximise.
    public enum Bound {
        /// Of single samples.
        ELBO,
        /// Importance-weighted over the samples of each modality, the looser one of Shi et al.
        /// 2019.
        IWAE,
        /// The same bound with doubly reparameterised gradients (Tucker et al. 2019).
        DREG
    }

    /// [dev.gimbal.objective.MatchingLoss] between the first two modalities.
    ///
    /// @param classes factor whose equal values match; `null` where only pairs do
    public record Matching(double weight, @Nullable String classes) {
        public Matching {
            Settings.requirePositive("matching weight", weight);
        }
    }

    public VaeSettings {
        privates = sorted(privates);
        encoders = sorted(encoders);
        decoders = sorted(decoders);
        likelihoods = sorted(likelihoods);
        weights = sorted(weights);
        without = List.copyOf(without);
        if (shared < 1 || steps < 1 || batchSize < 2 || samples < 1) {
            throw new IllegalArgumentException(
                    "shared, steps and samples must be positive and batchSize at least 2: %d, %d, %d, %d"
                            .formatted(shared, steps, samples, batchSize));
        }
        Settings.requirePositive("learningRate", learningRate);
        Settings.requireNotNegative("endFactor", endFactor);
        weights.forEach(
                (modality, weight) -> Settings.requirePositive("weight of " + modality, weight));
    }

    private static <T> Map<String, T> sorted(Map<String, T> map) {
        return Collections.unmodifiableMap(new TreeMap<>(map));
    }

    /// The name among [#without] of drawing `to` from the shared latent of `from`.
    public static String cross(String from, String to) {
        return from + "->" + to;
    }

    /// How often so many training examples are passed over: as many whole epochs as fit, at least
    /// one.
    int epochs(int examples) {
        return Math.max(1, steps / stepsInEpoch(examples));
    }

    /// Steps that a training on so many examples takes: at most as many as it is told, but for a
    /// first epoch.
    public int stepsTaken(int examples) {
        return Math.multiplyExact(epochs(examples), stepsInEpoch(examples));
    }

    private int stepsInEpoch(int examples) {
        return Math.max(1, examples / batchSize);
    }

    /// lambda of a modality.
    double weight(Modality modality) {
        return Settings.of("weights", weights, modality);
    }

    @Override
    public VaeSettings withLatent(int other) {
        return with(other, privates, steps, without);
    }

    /// The same with another budget.
    public VaeSettings withSteps(int other) {
        return with(shared, privates, other, without);
    }

    /// The same without these terms.
    public VaeSettings without(List<String> terms) {
        return with(shared, privates, steps, terms);
    }

    /// The same without any latent of a modality's own.
    public VaeSettings withoutPrivates() {
        Map<String, Integer> none = new TreeMap<>(privates);
        none.replaceAll((_, _) -> 0);
        return with(shared, none, steps, without);
    }

    private VaeSettings with(
            int entries, Map<String, Integer> own, int budget, List<String> terms) {
        return new VaeSettings(
                entries,
                own,
                posterior,
                encoders,
                decoders,
                likelihoods,
                weights,
                budget,
                batchSize,
                learningRate,
                endFactor,
                samples,
                bound,
                terms,
                matching);
    }
}
