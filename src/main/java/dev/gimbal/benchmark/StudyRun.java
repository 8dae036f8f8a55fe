package dev.gimbal.benchmark;

import dev.gimbal.bundle.Manifest;
import dev.gimbal.bundle.Provenance;
import dev.gimbal.family.Family;
import dev.gimbal.metric.Dci;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// One trained and measured model of a study, with what it takes to train it again.
///
/// @param fingerprint of the model
/// @param provenance data, seed, commit, versions, settings and seconds of its training
/// @param validation what it reached on validation data
/// @param test what it reached on test data
public record StudyRun(
        Family family,
        String fingerprint,
        Provenance provenance,
        Map<String, Double> validation,
        Evaluation test) {

    /// A measured bundle.
    public static StudyRun of(Manifest manifest, Evaluation test) {
        return new StudyRun(
                manifest.family(),
                manifest.fingerprint(),
                manifest.provenance(),
                manifest.metrics(),
                test);
    }

    /// Whether z was brought to other axes after training.
    boolean aligned() {
        return test.raw() != null && !"NONE".equals(provenance.settings().get("alignment"));
    }

    /// Traversal along the axes as they were trained; `null` without factors.
    @Nullable TraversalResult raw() {
        return test.raw() == null ? test.aligned() : test.raw();
    }

    /// All test metrics by name: those of [dev.gimbal.metric.RetrievalMetric], the same of
    /// `embeddings.` and `offset.` (see [AtRest]), and `raw.`, `aligned.` and `importance.` with
    /// `D`, `C` and `I`, where they exist.
    Map<String, Double> metrics() {
        Map<String, Double> metrics = new LinkedHashMap<>(test.retrieval().mean());
        AtRest rest = test.rest();
        if (rest != null) {
            rest.raw().mean().forEach((name, value) -> metrics.put("embeddings." + name, value));
            rest.offset().mean().forEach((name, value) -> metrics.put("offset." + name, value));
        }
        TraversalResult raw = raw();
        TraversalResult aligned = test.aligned();
        if (raw != null) {
            put(metrics, "raw", raw.dci());
        }
        if (aligned() && aligned != null) {
            put(metrics, "aligned", aligned.dci());
        }
        if (test.importance() != null) {
            put(metrics, "importance", test.importance());
        }
        metrics.put("seconds", provenance.seconds());
        return metrics;
    }

    private static void put(Map<String, Double> metrics, String kind, Dci dci) {
        metrics.put(kind + ".D", dci.disentanglement());
        metrics.put(kind + ".C", dci.completeness());
        metrics.put(kind + ".I", dci.informativeness());
    }
}
