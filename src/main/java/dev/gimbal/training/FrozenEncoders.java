package dev.gimbal.training;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import dev.gimbal.bundle.Manifest;
import dev.gimbal.bundle.ModelBundle;
import dev.gimbal.bundle.Safetensors;
import dev.gimbal.dataset.BadInputException;
import dev.gimbal.dataset.Modality;
import dev.gimbal.dataset.MultimodalDataset;
import dev.gimbal.family.Architecture;
import dev.gimbal.family.PairedModel;
import dev.gimbal.network.Identity;
import dev.gimbal.network.Network;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/// The encoders of a bundle as the fixed ground for heads: data is embedded once, heads are trained
/// over the embeddings, and the new bundle holds both.
///
/// @param bundle whose encoders they are; its code runs, when it has any
public record FrozenEncoders(ModelBundle bundle) {
    private static final String PREPROCESSING = "preprocessing.";

    /// The data as embeddings: vectors of unit norm under the same names.
    ///
    /// @param listener hears how far the embedding is, as a stage of its own
    /// @throws BadInputException when the encoders take other modalities
    public MultimodalDataset embed(MultimodalDataset dataset, TrainingListener listener) {
        if (!Set.copyOf(dataset.modalities()).equals(Set.copyOf(architecture().modalities()))) {
            throw new BadInputException(
                    "encoders",
                    bundle.manifest().name(),
                    "take %s, and the data has %s; they are named at import (--image-name and --text-name), and the data's pictures take --data side=N"
                            .formatted(architecture().modalities(), dataset.modalities()));
        }
        return new EmbeddedDataset(dataset, bundle, listener);
    }

    /// Heads alone are trained over encoders that stay as they are.
    ///
    /// @throws BadInputException when settings have an encoder of their own
    public static void requireHeads(PairedSettings settings) {
        settings.encoders()
                .forEach((name, encoder) -> {
                    if (!(encoder instanceof EncoderSettings.AsIs)) {
                        throw new BadInputException(
                                "encoders." + name,
                                encoder,
                                "must be \"identity\" over the encoders of a bundle, such as with --preset pairs");
                    }
                });
    }

    /// A bundle of heads that were trained over these encoders' embeddings, with the encoders.
    public ModelBundle under(ModelBundle heads) {
        Manifest trained = heads.manifest();
        Map<String, Network> networks = new TreeMap<>(trained.architecture().networks());
        for (Modality modality : architecture().modalities()) {
            String role = PairedModel.embedder(modality.name());
            if (!(networks.get(role) instanceof Identity)) {
                throw new IllegalArgumentException(role + " of the heads is no identity");
            }
            networks.put(role, architecture().network(role));
        }
        Architecture whole =
                new Architecture(
                        trained.family(),
                        trained.modalities().stream()
                                .map(m -> architecture().modality(m.name()))
                                .toList(),
                        architecture().preprocessing(),
                        networks,
                        trained.architecture().constants());
        byte[] weights = weights(heads);
        String sha256 = ModelBundle.sha256(weights);
        return new ModelBundle(
                new Manifest(
                        Manifest.FORMAT,
                        trained.name(),
                        whole,
                        trained.latentSpaces(),
                        trained.indexDimensions(),
                        trained.similarity(),
                        sha256,
                        ModelBundle.fingerprint(whole, sha256),
                        trained.provenance(),
                        trained.metrics()),
                weights);
    }

    private byte[] weights(ModelBundle heads) {
        try (NDManager manager = NDManager.newBaseManager();
                var upper = heads.load(manager);
                var lower = bundle.load(manager)) {
            NDList arrays = new NDList(upper.parameters().list());
            for (NDArray array : lower.parameters().list()) {
                String name = String.valueOf(array.getName());
                if (name.startsWith(PairedModel.EMBEDDERS) || name.startsWith(PREPROCESSING)) {
                    arrays.add(array);
                }
            }
            return Safetensors.encode(
                    manager, arrays, Safetensors.modules(manager, bundle.weights()));
        }
    }

    private Architecture architecture() {
        return bundle.manifest().architecture();
    }
}
