package dev.gimbal.benchmark;

import dev.gimbal.bundle.Manifest;
import dev.gimbal.bundle.Provenance;
import dev.gimbal.family.Family;
import dev.gimbal.metric.Dci;
import java.util.LinkedHashMap;
import java.util.Map;

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

    /// All test metrics by name: those of [dev.gimbal.metric.RetrievalMetric], the same after
    /// `oracle.`, and after `embeddings.` and `offset.` (see [AtRest]), and `raw.`, `aligned.` and
    /// `importance.` with `D`, `C` and `I`, where they exist; those of the way back after
    /// `backward.`.
    Map<String, Double> metrics() {
        Map<String, Double> metrics = new LinkedHashMap<>();
        put(metrics, "", test);
        if (test.backward() != null) {
            put(metrics, "backward.", test.backward());
        }
        metrics.put("seconds", provenance.seconds());
        return metrics;
    }

    private void put(Map<String, Double> metrics, String way, Evaluation measured) {
        measured.retrieval().mean().forEach((name, value) -> metrics.put(way + name, value));
        if (measured.oracle() != null) {
            measured.oracle()
                    .mean()
                    .forEach((name, value) -> metrics.put(way + "oracle." + name, value));
        }
        AtRest rest = measured.rest();
        if (rest != null) {
            rest.raw()
                    .mean()
                    .forEach((name, value) -> metrics.put(way + "embeddings." + name, value));
            rest.offset()
                    .mean()
                    .forEach((name, value) -> metrics.put(way + "offset." + name, value));
        }
        TraversalResult raw = measured.raw() == null ? measured.aligned() : measured.raw();
        TraversalResult aligned = measured.aligned();
        if (raw != null) {
            put(metrics, way + "raw", raw.dci());
        }
        if (aligned() && aligned != null) {
            put(metrics, way + "aligned", aligned.dci());
        }
        if (measured.importance() != null) {
            put(metrics, way + "importance", measured.importance());
        }
    }

    private static void put(Map<String, Double> metrics, String kind, Dci dci) {
        metrics.put(kind + ".D", dci.disentanglement());
        metrics.put(kind + ".C", dci.completeness());
        metrics.put(kind + ".I", dci.informativeness());
    }
}
