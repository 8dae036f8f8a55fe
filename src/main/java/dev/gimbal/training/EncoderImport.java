package dev.gimbal.training;

import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import dev.gimbal.bundle.Factor;
import dev.gimbal.bundle.LatentSpace;
import dev.gimbal.bundle.Manifest;
import dev.gimbal.bundle.ModelBundle;
import dev.gimbal.bundle.Provenance;
import dev.gimbal.bundle.Safetensors;
import dev.gimbal.dataset.BadInputException;
import dev.gimbal.family.Architecture;
import dev.gimbal.family.Family;
import dev.gimbal.family.PairedModel;
import dev.gimbal.family.Similarity;
import dev.gimbal.network.Network;
import dev.gimbal.network.TorchScript;
import dev.gimbal.preprocessing.Preprocessing;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;

/// Makes a Cos-Sim bundle of a pair of encoders that were trained elsewhere, such as CLIP's.
///
/// Nothing is trained, so no aggregated statistics of z = v1 are known: each factor has those of a
/// point on the sphere with all directions alike, mean 0 and deviation `1/sqrt(k)`.
public final class EncoderImport {
    private static final double PERCENTILE_99 = 2.326;

    private EncoderImport() {}

    /// The bundle; each encoder is run on a sample first.
    ///
    /// @param first the one whose queries come first, such as pictures
    /// @param second the other; either finds the other's items
    /// @throws BadInputException naming the modality whose module does not fit
    public static ModelBundle of(String name, ImportedEncoder first, ImportedEncoder second) {
        try (NDManager manager = NDManager.newBaseManager()) {
            Map<String, Network> networks = new TreeMap<>();
            Map<String, Preprocessing> preprocessing = new TreeMap<>();
            Map<String, byte[]> modules = new TreeMap<>();
            Map<String, Integer> dimensions = new TreeMap<>();
            for (ImportedEncoder encoder : List.of(first, second)) {
                String modality = encoder.modality().name();
                TorchScript network = encoder.network(manager);
                networks.put(PairedModel.embedder(modality), network);
                network.modules(PairedModel.embedder(modality))
                        .forEach(m -> modules.put(m, encoder.module()));
                dimensions.put(modality, network.outputSize());
                if (encoder.preprocessing() != null) {
                    preprocessing.put(modality, encoder.preprocessing());
                }
            }
            requireOneSpace(dimensions);
            Architecture architecture =
                    new Architecture(
                            Family.COS_SIM,
                            List.of(first.modality(), second.modality()),
                            preprocessing,
                            networks,
                            Map.of());
            byte[] weights = Safetensors.encode(manager, new NDList(), modules);
            return bundle(name, architecture, dimensions, weights);
        }
    }

    private static void requireOneSpace(Map<String, Integer> dimensions) {
        if (dimensions.size() != 2) {
            throw new BadInputException(
                    "modalities", dimensions.keySet(), "the two encoders need different names");
        }
        if (dimensions.values().stream().distinct().count() != 1) {
            throw new BadInputException(
                    "encoders", dimensions, "both must give vectors of the same space");
        }
    }

    private static ModelBundle bundle(
            String name,
            Architecture architecture,
            Map<String, Integer> dimensions,
            byte[] weights) {
        String first = architecture.modalities().getFirst().name();
        String second = architecture.modalities().getLast().name();
        List<Factor> factors = factors(dimensions.values().iterator().next());
        String sha256 = ModelBundle.sha256(weights);
        Manifest manifest =
                new Manifest(
                        Manifest.FORMAT,
                        name,
                        architecture,
                        List.of(
                                new LatentSpace(List.of(first), second, factors),
                                new LatentSpace(List.of(second), first, factors)),
                        dimensions,
                        Similarity.COSINE,
                        sha256,
                        ModelBundle.fingerprint(architecture, sha256),
                        provenance(),
                        Map.of());
        return new ModelBundle(manifest, weights);
    }

    private static List<Factor> factors(int k) {
        double deviation = 1 / Math.sqrt(k);
        double end = PERCENTILE_99 * deviation;
        return IntStream.rangeClosed(1, k)
                .mapToObj(j -> new Factor("z" + j, 0, deviation, -end, end))
                .toList();
    }

    private static Provenance provenance() {
        return BuildInfo.provenance("imported", "unknown", 0, Map.of(), 0);
    }
}
