package dev.gimbal.embedding;

import dev.gimbal.bundle.ModelBundle;
import dev.gimbal.family.Locus;
import java.util.List;
import java.util.Map;

/// Placeholder until the real one is merged: identity everywhere.
public final class Embedder implements AutoCloseable {
    private final ModelBundle bundle;

    public Embedder(ModelBundle bundle) {
        this.bundle = bundle;
    }

    public ModelBundle bundle() {
        return bundle;
    }

    public Posterior infer(String target, Map<String, float[]> observed) {
        float[] x = observed.values().iterator().next();
        float[] logVariance = new float[x.length];
        java.util.Arrays.fill(logVariance, -4);
        return new Posterior(x.clone(), logVariance);
    }

    public List<Locus> locate(String target, List<float[]> z) {
        return z.stream()
                .map(point -> new Locus(point, bundle.manifest().similarity(), 50, 1))
                .toList();
    }

    public List<float[]> indexVectors(String modality, List<float[]> values) {
        return values;
    }

    @Override
    public void close() {}
}
