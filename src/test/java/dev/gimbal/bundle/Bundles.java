package dev.gimbal.bundle;

import static java.util.stream.Collectors.toMap;

import ai.djl.ndarray.NDManager;
import dev.gimbal.dataset.Modality;
import dev.gimbal.family.Family;
import dev.gimbal.family.Models;
import dev.gimbal.family.NetworkModel;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/// Bundles of small, untrained models.
public final class Bundles {
    private Bundles() {}

    public static ModelBundle of(Family family, long seed) {
        try (NDManager manager = NDManager.newBaseManager();
                NetworkModel model = Models.initialised(family, manager, seed)) {
            return of(model);
        }
    }

    public static ModelBundle of(NetworkModel model) {
        return of(model, "small");
    }

    /// A bundle of that name, of every way that the model leads.
    public static ModelBundle of(NetworkModel model, String name) {
        byte[] weights = Safetensors.encode(model.parameters().list());
        String sha256 = ModelBundle.sha256(weights);
        List<Factor> factors =
                IntStream.range(0, model.latentSize("x2"))
                        .mapToObj(j -> new Factor("z" + (j + 1), 0, 1, -2, 2))
                        .toList();
        Manifest manifest =
                new Manifest(
                        Manifest.FORMAT,
                        name,
                        model.architecture(),
                        model.ways().stream()
                                .map(way -> new LatentSpace(way.queries(), way.target(), factors))
                                .toList(),
                        model.architecture().modalities().stream()
                                .map(Modality::name)
                                .collect(toMap(one -> one, model::indexDimension)),
                        model.similarity(),
                        sha256,
                        ModelBundle.fingerprint(model.architecture(), sha256),
                        new Provenance(
                                "none", "none", 1, "test", Map.of(), Map.of(), Instant.EPOCH, 0),
                        Map.of());
        return new ModelBundle(manifest, weights);
    }
}
