package dev.gimbal.bundle;

import ai.djl.ndarray.NDManager;
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
        byte[] weights = Safetensors.encode(model.parameters().list());
        String sha256 = ModelBundle.sha256(weights);
        List<Factor> factors =
                IntStream.range(0, model.latentSize("x2"))
                        .mapToObj(j -> new Factor("z" + (j + 1), 0, 1, -2, 2))
                        .toList();
        Manifest manifest =
                new Manifest(
                        Manifest.FORMAT,
                        "small",
                        model.architecture(),
                        List.of(new LatentSpace(List.of("x1"), "x2", factors)),
                        Map.of("x1", model.indexDimension("x1"), "x2", model.indexDimension("x2")),
                        model.similarity(),
                        sha256,
                        ModelBundle.fingerprint(model.architecture(), sha256),
                        new Provenance(
                                "none", "none", 1, "test", Map.of(), Map.of(), Instant.EPOCH, 0),
                        Map.of());
        return new ModelBundle(manifest, weights);
    }
}
