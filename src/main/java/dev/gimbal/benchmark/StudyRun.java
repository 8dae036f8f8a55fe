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

    /// All test metrics by name: those of [dev.gimbal.metric.RetrievalMetric], the same of the
    /// oracle, of the embeddings and of `steer=offset` (see [AtRest]) after `oracle.`,
    /// `embeddings.` and `offset.`, and `raw.`, `aligned.` and `importance.` with `D`, `C` and `I`,
    /// where they exist; those of the way back after `backward.`.
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
        put(metrics, way, measured.retrieval());
        if (measured.oracle() != null) {
            put(metrics, way + "oracle.", measured.oracle());
        }
        if (measured.rest() != null) {
            put(metrics, way + "embeddings.", measured.rest().raw());
            put(metrics, way + "offset.", measured.rest().offset());
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

    private static void put(Map<String, Double> metrics, String prefix, RetrievalResult result) {
        result.mean().forEach((name, value) -> metrics.put(prefix + name, value));
    }

    private static void put(Map<String, Double> metrics, String kind, Dci dci) {
        metrics.put(kind + ".D", dci.disentanglement());
        metrics.put(kind + ".C", dci.completeness());
        metrics.put(kind + ".I", dci.informativeness());
    }
}
