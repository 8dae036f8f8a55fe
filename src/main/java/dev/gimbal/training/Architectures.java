package dev.gimbal.training;

import dev.gimbal.dataset.BadInputException;
import dev.gimbal.dataset.Modality;
import dev.gimbal.dataset.MultimodalDataset;
import dev.gimbal.family.Architecture;
import dev.gimbal.family.Direction;
import dev.gimbal.family.Family;
import dev.gimbal.family.PairedModel;
import dev.gimbal.network.Activation;
import dev.gimbal.network.HubDiscount;
import dev.gimbal.network.Mlp;
import dev.gimbal.network.Muted;
import dev.gimbal.network.Network;
import dev.gimbal.network.Residual;
import dev.gimbal.preprocessing.Preprocessing;
import dev.gimbal.training.PairedSettings.CanonicalStage;
import dev.gimbal.training.PairedSettings.Hubs;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// Makes the architecture of a model from settings: embedders for its modalities, heads for its
/// directions.
final class Architectures {
    private Architectures() {}

    /// The architecture of a family on this data.
    ///
    /// @param dataset vocabularies are of its training split
    static Architecture of(Family family, PairedSettings settings, MultimodalDataset dataset) {
        Map<String, Network> networks = new TreeMap<>();
        Map<String, Preprocessing> preprocessing = new TreeMap<>();
        for (Modality modality : dataset.modalities()) {
            TrainingSplit split = TrainingSplit.of(dataset, modality);
            EncoderSettings.Encoder encoder =
                    settings.encoder(modality).of(modality, split, settings.embedding());
            boolean second = modality.equals(dataset.modalities().getLast());
            networks.put(
                    PairedModel.embedder(modality.name()),
                    discounted(encoder.network(), settings.canonical(), split, second));
            if (encoder.preprocessing() != null) {
                preprocessing.put(modality.name(), encoder.preprocessing());
            }
        }
        int k = sharedSize(dataset.modalities(), networks);
        requireLinearStart(family, settings, k);
        Set<Direction> directions =
                settings.bothWays()
                        ? EnumSet.allOf(Direction.class)
                        : EnumSet.of(Direction.FORWARD);
        directions.forEach(direction -> heads(family, settings, k, direction, networks));
        return new Architecture(
                family,
                dataset.modalities(),
                preprocessing,
                networks,
                family == Family.RIVAE ? constants(settings) : Map.of());
    }

    private static Network discounted(
            Network network, @Nullable CanonicalStage stage, TrainingSplit split, boolean second) {
        Hubs hubs = hubs(stage);
        return hubs == null
                ? network
                : new HubDiscount(
                        network,
                        split.examples(),
                        Math.min(hubs.neighbours(), split.examples()),
                        hubs.weight(),
                        second);
    }

    private static @Nullable Hubs hubs(@Nullable CanonicalStage stage) {
        return stage == null ? null : stage.hubs();
    }

    private static int sharedSize(List<Modality> modalities, Map<String, Network> networks) {
        Modality query = modalities.getFirst();
        Modality target = modalities.getLast();
        int k =
                Objects.requireNonNull(networks.get(PairedModel.embedder(query.name())))
                        .outputSize();
        int other =
                Objects.requireNonNull(networks.get(PairedModel.embedder(target.name())))
                        .outputSize();
        if (k != other) {
            throw new BadInputException(
                    "encoders",
                    "identity",
                    "takes vectors as embeddings already, which then need equal sizes, but '%s' has %d entries and '%s' has %d; an mlp with hidden [] gives each an affine encoder"
                            .formatted(query.name(), k, target.name(), other));
        }
        return k;
    }

    /// Reduced-rank regression finds as many directions as an embedding has entries.
    private static void requireLinearStart(Family family, PairedSettings settings, int k) {
        if (family == Family.RIVAE && settings.linearStart() != null && settings.latent() > k) {
            throw new BadInputException(
                    "latent",
                    settings.latent(),
                    "is more than the %d entries of an embedding, from which linearStart takes z"
                            .formatted(k));
        }
    }

    private static void heads(
            Family family,
            PairedSettings settings,
            int k,
            Direction direction,
            Map<String, Network> networks) {
        int latent = settings.latent();
        switch (family) {
            case COS_SIM -> {}
            case COS_SIM_LVM -> {
                networks.put(direction.role("encoder"), head(k, settings, latent));
                networks.put(direction.role("decoder"), head(latent, settings, k));
            }
            case RIVAE -> {
                networks.put(direction.role("prior"), bent(k, settings, 2 * latent));
                networks.put(direction.role("posterior"), bent(2 * k, settings, 2 * latent));
                Network decoder = bent(latent, settings, k);
                networks.put(
                        direction.role("decoder"),
                        hubs(settings.canonical()) == null
                                ? decoder
                                : new Muted(decoder, HubDiscount.ENTRIES));
            }
            case DMVAE, MVAE, MMVAE, MOPOE ->
                    throw new IllegalArgumentException(family.id() + " has no embedders");
        }
    }

    private static Network bent(int in, PairedSettings settings, int out) {
        Mlp head = head(in, settings, out);
        return settings.linearStart() == null ? head : new Residual(head);
    }

    private static Mlp head(int in, PairedSettings settings, int out) {
        return new Mlp(in, settings.hidden(), out, Activation.LEAKY_RELU);
    }

    /// RIVAE's, as its last stage leaves them.
    private static Map<String, Double> constants(PairedSettings settings) {
        if (settings.joint().isEmpty()) {
            var heads = settings.heads();
            return Map.of(
                    "eta", heads.eta(),
                    "deviationLow", heads.deviationLow(),
                    "deviationHigh", heads.deviationHigh());
        }
        var last = settings.joint().getLast();
        return Map.of(
                "eta", last.etaTo(),
                "deviationLow", last.deviationLow(),
                "deviationHigh", last.deviationHigh());
    }
}
