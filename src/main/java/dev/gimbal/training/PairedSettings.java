package dev.gimbal.training;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.gimbal.dataset.BadInputException;
import dev.gimbal.dataset.Modality;
import dev.gimbal.dataset.MultimodalDataset;
import dev.gimbal.dataset.ReducedTexts;
import dev.gimbal.objective.RetrievalHinge.Negatives;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// The choices of a training of Cos-Sim, Cos-Sim-LVM or RIVAE.
///
/// @param embedding entries of V
/// @param latent entries of z
/// @param hidden hidden units of the heads; two layers of 10 in A.1.2
/// @param encoders how each modality is embedded, by its name, or else by its kind (`image`,
///   `vector`, `text`)
/// @param bothWays whether the model leads from the second modality to the first as well
/// @param charts how many starts are tried up to the first alignment; the one whose z shows the
///   cleanest independent factors goes on
/// @param embedders the first stage, Cos-Sim
/// @param canonical the first stage in closed form instead of `embedders`, which then stay as they
///   are; `null` for none
/// @param heads the second stage, heads over frozen embedders
/// @param joint the stages that follow, everything together
/// @param penalties weights of the regularisers
/// @param retrievalLatent where Eq. 10 takes z from
/// @param negatives which mismatches Eq. 10 holds a query against
/// @param alignment the last step
/// @param labelled for `PROCRUSTES` on data with factors: how many training examples it may look
///   at; `null` where the user gives labels
/// @param augmentation of training photographs; `null` for none
/// @param weights files that embedders start from, by modality; see [StartingWeights]
/// @param linearStart of RIVAE's heads in closed form; `null` starts them from random weights
/// @param texts how training texts are reduced, so that parts of one are queries too; `null` for
///   whole ones
public record PairedSettings(
        int embedding,
        int latent,
        List<Integer> hidden,
        Map<String, EncoderSettings> encoders,
        boolean bothWays,
        int charts,
        EmbedderStage embedders,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable CanonicalStage canonical,
        HeadStage heads,
        List<JointStage> joint,
        Penalties penalties,
        RetrievalLatent retrievalLatent,
        Negatives negatives,
        AlignmentMethod alignment,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable Integer labelled,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable Augmentation augmentation,
        @JsonInclude(JsonInclude.Include.NON_EMPTY) @Nullable Map<String, String> weights,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable LinearStartSettings linearStart,
        @JsonInclude(JsonInclude.Include.NON_NULL) ReducedTexts.@Nullable Reduction texts)
        implements Settings {

    /// Heads that are affine maps bent by a network, started from the best affine maps; see
    /// [LinearStart].
    ///
    /// @param ridge added to the variance of every direction, as a share of the mean variance
    public record LinearStartSettings(double ridge) {
        public LinearStartSettings {
            if (!(ridge > 0)) {
                throw new IllegalArgumentException("ridge must be positive: " + ridge);
            }
        }
    }

    /// Cos-Sim: hinge on cosines. A weak one (few epochs, one random negative, small margin) keeps
    /// the chart flat.
    ///
    /// @param spread deviation of the embedder's outputs around one side of the sphere at the
    ///   start; 0 leaves them alone
    /// @param frozen how many epochs at first leave trunks with weights of their own (such as
    ///   ImageNet's) as they are, while everything else learns to use them; `null` for none
    public record EmbedderStage(
            int epochs,
            int batchSize,
            double learningRate,
            double margin,
            Negatives negatives,
            double spread,
            @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable Integer frozen) {
        public EmbedderStage {
            requirePasses(epochs, batchSize);
            Settings.requirePositive("learningRate", learningRate);
            Settings.requireNotNegative("margin", margin);
            Settings.requireNotNegative("spread", spread);
            Settings.requireNotNegative("frozen", frozen == null ? 0 : frozen);
            if (frozen != null && frozen > epochs) {
                throw new IllegalArgumentException(
                        "frozen is part of the epochs: %d of %d".formatted(frozen, epochs));
            }
        }

        public int frozenEpochs() {
            return frozen == null ? 0 : frozen;
        }
    }

    /// Embedders by canonical correlation analysis of the training pairs.
    ///
    /// @param ridges by modality, or else by its kind, in units of the mean variance; see
    ///   [CanonicalCorrelation]
    /// @param power of a coordinate's correlation, by which a product of embeddings weighs it
    /// @param hubs how hubs are held back; `null` for not at all
    public record CanonicalStage(
            Map<String, Double> ridges,
            double power,
            @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable Hubs hubs) {
        public CanonicalStage {
            ridges = Collections.unmodifiableMap(new TreeMap<>(ridges));
            if (!(power >= 0) || ridges.values().stream().anyMatch(ridge -> !(ridge >= 0))) {
                throw new IllegalArgumentException(
                        "canonical correlation: ridges " + ridges + ", power " + power);
            }
        }
    }

    /// How an item that is near to everything is held back; see [HubDiscount].
    ///
    /// @param neighbours training partners that count
    /// @param weight of what they say
    public record Hubs(int neighbours, double weight) {
        public Hubs {
            Settings.requirePositive("canonical.hubs.neighbours", neighbours);
            Settings.requireNotNegative("canonical.hubs.weight", weight);
        }
    }

    /// The heads alone.
    ///
    /// @param deviationLow least deviation of the prior; the posterior's is half of it
    /// @param deviationHigh greatest of both
    public record HeadStage(
            int epochs,
            int batchSize,
            double learningRate,
            double eta,
            double deviationLow,
            double deviationHigh) {
        public HeadStage {
            requirePasses(epochs, batchSize);
            Settings.requirePositive("learningRate", learningRate);
            Settings.requirePositive("eta", eta);
            requireBounds(deviationLow, deviationHigh);
        }
    }

    /// Everything together.
    ///
    /// @param align whether z is aligned before the stage
    /// @param etaFrom noise deviation at its start, changing geometrically
    /// @param etaTo and at its end
    /// @param headRate learning rate of the heads
    /// @param embedderRate learning rate of the embedders
    /// @param endFactor what a cosine takes the rates down to
    /// @param decoderJacobian weight of [dev.gimbal.objective.ConstantDecoderJacobian]
    /// @param totalCorrelation weight of [dev.gimbal.objective.TotalCorrelation]
    /// @param anchor weight of staying near the z that each training query had when z was last
    ///   aligned
    public record JointStage(
            int epochs,
            int batchSize,
            boolean align,
            double etaFrom,
            double etaTo,
            double deviationLow,
            double deviationHigh,
            double headRate,
            double embedderRate,
            double endFactor,
            double decoderJacobian,
            double totalCorrelation,
            double anchor) {
        public JointStage {
            requirePasses(epochs, batchSize);
            Settings.requirePositive("etaFrom", etaFrom);
            Settings.requirePositive("etaTo", etaTo);
            requireBounds(deviationLow, deviationHigh);
            Settings.requirePositive("headRate", headRate);
            Settings.requirePositive("embedderRate", embedderRate);
            Settings.requireNotNegative("endFactor", endFactor);
            Settings.requireNotNegative("decoderJacobian", decoderJacobian);
            Settings.requireNotNegative("totalCorrelation", totalCorrelation);
            Settings.requireNotNegative("anchor", anchor);
        }
    }

    /// Weights and steps of the regularisers that all stages share.
    ///
    /// @param whitening weight of [dev.gimbal.objective.Whitening]
    /// @param decoderJacobian weight in the stage of the heads
    /// @param decoderStep step of the decoder's finite differences, in units of z
    /// @param embedderJacobian weight of [dev.gimbal.objective.JacobianRegularizer]; 0.1 in the
    ///   paper
    /// @param perturbation length of its eps, in preprocessed units
    /// @param retrieval weight of the retrieval loss beside the bound; `null` for 1, as in Eq. 12
    public record Penalties(
            double whitening,
            double decoderJacobian,
            double decoderStep,
            double embedderJacobian,
            double perturbation,
            @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable Double retrieval) {

        public Penalties {
            Settings.requireNotNegative("whitening", whitening);
            Settings.requireNotNegative("decoderJacobian", decoderJacobian);
            Settings.requirePositive("decoderStep", decoderStep);
            Settings.requireNotNegative("embedderJacobian", embedderJacobian);
            Settings.requirePositive("perturbation", perturbation);
            Settings.requireNotNegative("retrieval", retrieval == null ? 1 : retrieval);
        }

        double retrievalWeight() {
            return retrieval == null ? 1 : retrieval;
        }
    }

    /// Where the retrieval loss takes z from.
    public enum RetrievalLatent {
        /// `P(z | v1)`, as Eq. 9 and the retrieval algorithm do.
        PRIOR,
        /// `Q(z | v1, v2)`, as Eq. 10 is printed; Q has seen v2, and retrieval collapses.
        POSTERIOR
    }

    /// How z is aligned after training.
    public enum AlignmentMethod {
        NONE,
        FASTICA,
        /// From a few labelled training examples, as many as `labelled` says; the only step that
        /// reads factors.
        PROCRUSTES
    }

    public PairedSettings {
        hidden = List.copyOf(hidden);
        encoders = Collections.unmodifiableMap(new TreeMap<>(encoders));
        joint = List.copyOf(joint);
        weights = weights == null ? Map.of() : Collections.unmodifiableMap(new TreeMap<>(weights));
        if (embedding < 1 || latent < 1) {
            throw new IllegalArgumentException(
                    "embedding and latent must be positive: " + embedding + ", " + latent);
        }
        if (labelled != null && alignment != AlignmentMethod.PROCRUSTES) {
            throw new IllegalArgumentException(
                    "labelled belongs to PROCRUSTES: labelled "
                            + labelled
                            + ", alignment "
                            + alignment);
        }
    }

    /// How a modality is embedded.
    ///
    /// @throws BadInputException when these settings do not say
    EncoderSettings encoder(Modality modality) {
        return Settings.of("encoders", encoders, modality);
    }

    /// Files that embedders start from, by modality.
    public Map<String, String> startingWeights() {
        return weights == null ? Map.of() : weights;
    }

    /// The same settings with another last step.
    public PairedSettings aligned(AlignmentMethod method) {
        return with(latent, method, null, weights);
    }

    @Override
    public PairedSettings withLatent(int other) {
        return with(other, alignment, labelled, weights);
    }

    /// The same with embedders that start from these files, by modality.
    public PairedSettings startingFrom(Map<String, String> files) {
        return with(latent, alignment, labelled, files);
    }

    private PairedSettings with(
            int entries,
            AlignmentMethod method,
            @Nullable Integer examples,
            @Nullable Map<String, String> files) {
        return new PairedSettings(
                embedding,
                entries,
                hidden,
                encoders,
                bothWays,
                charts,
                embedders,
                canonical,
                heads,
                joint,
                penalties,
                retrievalLatent,
                negatives,
                method,
                examples,
                augmentation,
                files,
                linearStart,
                texts);
    }

    /// What is trained on, of this data set.
    ///
    /// @param seed of what is left out
    MultimodalDataset seen(MultimodalDataset dataset, long seed) {
        return texts == null ? dataset : new ReducedTexts(dataset, texts, seed);
    }

    private static void requirePasses(int epochs, int batchSize) {
        Settings.requireNotNegative("epochs", epochs);
        if (batchSize < 2) {
            throw new IllegalArgumentException(
                    "batchSize must be at least 2, for a mismatch: " + batchSize);
        }
    }

    private static void requireBounds(double low, double high) {
        if (!(0 < low && low < high && high < Double.POSITIVE_INFINITY)) {
            throw new IllegalArgumentException(
                    "deviationLow must be positive and below deviationHigh: " + low + ", " + high);
        }
    }
}
