package dev.gimbal.benchmark;

import dev.gimbal.bundle.Manifest;
import dev.gimbal.bundle.Provenance;
import dev.gimbal.family.Family;
import java.util.Map;

/// One trained and measured generative model, with what it takes to train it again.
///
/// @param variant what an ablation left out; empty for the whole objective
/// @param steps of the optimiser that its training took
/// @param fingerprint of the model
/// @param provenance data, seed, commit, versions, settings and seconds of its training
/// @param validation what it reached on validation data
/// @param test what it reached on test data
public record GenerativeRun(
        Family family,
        String variant,
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
                steps,
                manifest.fingerprint(),
                manifest.provenance(),
                manifest.metrics(),
                test);
    }

    boolean isWhole() {
        return variant.isEmpty();
    }
}
