package dev.gimbal.benchmark;

import dev.gimbal.bundle.Manifest;
import dev.gimbal.bundle.Provenance;
import dev.gimbal.distribution.Likelihood;
import dev.gimbal.family.Family;
import java.util.Map;
import java.util.TreeMap;

/// One trained and measured generative model, with what it takes to train it again.
///
/// @param variant what an ablation left out; empty for the whole objective
/// @param likelihoods kind of `p(x | z)` by modality
/// @param steps of the optimiser that its training took
/// @param fingerprint of the model
/// @param provenance data, seed, commit, versions, settings and seconds of its training
/// @param validation what it reached on validation data
/// @param test what it reached on test data
public record GenerativeRun(
        Family family,
        String variant,
        Map<String, Likelihood.Kind> likelihoods,
        int steps,
        String fingerprint,
        Provenance provenance,
        Map<String, Double> validation,
        GenerativeEvaluation test) {

    /// A measured bundle.
    public static GenerativeRun of(
            Manifest manifest, String variant, int steps, GenerativeEvaluation test) {
        return new GenerativeRun(
                manifest.family(),
                variant,
                kinds(manifest),
                steps,
                manifest.fingerprint(),
                manifest.provenance(),
                manifest.metrics(),
                test);
    }

    private static Map<String, Likelihood.Kind> kinds(Manifest manifest) {
        Map<String, Likelihood.Kind> kinds = new TreeMap<>();
        manifest.architecture()
                .layout()
                .likelihoods()
                .forEach((modality, likelihood) -> kinds.put(modality, likelihood.kind()));
        return kinds;
    }

    boolean isWhole() {
        return variant.isEmpty();
    }
}
