package dev.gimbal.training;

import dev.gimbal.bundle.Json;
import dev.gimbal.distribution.Likelihood;
import dev.gimbal.family.Family;
import dev.gimbal.family.GenerativeLayout.Posterior;
import dev.gimbal.network.Activation;
import dev.gimbal.objective.RetrievalHinge.Negatives;
import dev.gimbal.training.PairedSettings.AlignmentMethod;
import dev.gimbal.training.PairedSettings.EmbedderStage;
import dev.gimbal.training.PairedSettings.HeadStage;
import dev.gimbal.training.PairedSettings.JointStage;
import dev.gimbal.training.PairedSettings.Penalties;
import dev.gimbal.training.PairedSettings.RetrievalLatent;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import tools.jackson.databind.node.ObjectNode;

/// Settings that train small models in a second or two.
final class SmallSettings {
    private SmallSettings() {}

    /// Enough to learn something: 30, 30 and twice 30 epochs.
    static PairedSettings thorough() {
        return of(30, 3e-3, 1, List.of(joint(30, false, 3e-3), joint(30, true, 3e-3)));
    }

    /// Every kind of stage for 2 epochs: embedders, heads, joint, joint after an alignment.
    static PairedSettings brief() {
        return of(2, 3e-3, 1, List.of(joint(2, false, 3e-3), joint(2, true, 3e-3)));
    }

    /// Whose anchor was never cast.
    static PairedSettings anchoredWithoutAlignment() {
        JointStage adrift =
                new JointStage(2, 50, false, 0.1, 0.05, 0.02, 0.5, 3e-3, 3e-3, 0.5, 1, 0, 1);
        return of(2, 3e-3, 1, List.of(adrift));
    }

    /// The same from the cleanest of two starts.
    static PairedSettings briefFromTwoStarts() {
        return of(2, 3e-3, 2, brief().joint());
    }

    /// The brief one, whose last stage learns at this rate.
    static PairedSettings endingAt(double rate) {
        return of(2, 3e-3, 1, List.of(joint(2, false, 3e-3), joint(2, true, rate)));
    }

    /// A small MMVAE that maximises this bound.
    static VaeSettings bounded(VaeSettings.Bound bound, int samples) {
        return changed(
                vae(Family.MMVAE, 8),
                Map.of("bound", bound, "samples", samples),
                VaeSettings.class);
    }

    /// The same without these terms.
    static VaeSettings without(VaeSettings settings, String... terms) {
        return changed(settings, Map.of("without", List.of(terms)), VaeSettings.class);
    }

    /// The same with another likelihood of one modality.
    static VaeSettings drawing(VaeSettings settings, String modality, Likelihood.Kind kind) {
        Map<String, Likelihood> likelihoods = new TreeMap<>(settings.likelihoods());
        likelihoods.put(modality, Likelihood.of(kind));
        return changed(settings, Map.of("likelihoods", likelihoods), VaeSettings.class);
    }

    /// The same with a matching loss of pairs beside the bound.
    static VaeSettings matching(VaeSettings settings) {
        return changed(
                settings, Map.of("matching", new VaeSettings.Matching(1, null)), VaeSettings.class);
    }

    /// A small VAE: 2 shared entries, 1 of each modality's own.
    static VaeSettings vae(Family family, int steps) {
        return new VaeSettings(
                2,
                Map.of("vector", 1),
                family == Family.MMVAE ? Posterior.LAPLACE : Posterior.GAUSSIAN,
                Map.of("vector", new EncoderSettings.Layers(List.of(24), Activation.RELU)),
                Map.of("vector", new DecoderSettings.Layers(List.of(24))),
                Map.of("vector", new Likelihood(Likelihood.Kind.GAUSSIAN, 0.1)),
                Map.of("vector", 1.0),
                steps,
                50,
                3e-3,
                0.1,
                2,
                VaeSettings.Bound.DREG,
                List.of(),
                null);
    }

    /// The same settings for a model that leads both ways.
    static PairedSettings bothWays(PairedSettings settings) {
        return changed(settings, Map.of("bothWays", true));
    }

    /// One step an epoch, in embedders alone.
    static PairedSettings oneStepAt(double rate) {
        return changed(
                brief(),
                Map.of(
                        "charts",
                        1,
                        "embedders",
                        new EmbedderStage(2, 400, rate, 0.1, Negatives.ALL, 0, null),
                        "joint",
                        List.of(),
                        "alignment",
                        AlignmentMethod.NONE));
    }

    /// Heads over embeddings that are taken as they are, for a few epochs.
    static PairedSettings overEmbeddings() {
        return changed(
                brief(),
                Map.of(
                        "embedding",
                        5,
                        "encoders",
                        Map.of("vector", Map.of("type", "identity")),
                        "charts",
                        1,
                        "heads",
                        new HeadStage(5, 32, 3e-3, 0.1, 0.02, 0.5),
                        "joint",
                        List.of(),
                        "alignment",
                        AlignmentMethod.NONE));
    }

    /// The preset of Recipe1M, each of its stages in one epoch of a few pairs, after which z varies
    /// too little to be aligned.
    static PairedSettings recipe1m(Family family) {
        PairedSettings preset = (PairedSettings) Presets.of(family, "recipe1m");
        ObjectNode json = Json.MAPPER.valueToTree(preset);
        ((ObjectNode) json.get("embedders")).put("epochs", 2).put("frozen", 1).put("batchSize", 12);
        ((ObjectNode) json.get("heads")).put("epochs", 1).put("batchSize", 12);
        ObjectNode joint = (ObjectNode) json.get("joint").get(0);
        json.putArray("joint").add(joint.put("epochs", 1).put("batchSize", 12));
        ((ObjectNode) json.at("/encoders/text/tokens")).put("least", 1);
        json.put("latent", 4).put("alignment", "NONE");
        return Json.MAPPER.treeToValue(json, PairedSettings.class);
    }

    /// Settings with some entries replaced, by the names that they have in JSON.
    private static PairedSettings changed(PairedSettings settings, Map<String, ?> changes) {
        return changed(settings, changes, PairedSettings.class);
    }

    private static <S extends Settings> S changed(
            S settings, Map<String, ?> changes, Class<S> kind) {
        ObjectNode json = Json.MAPPER.valueToTree(settings);
        changes.forEach((name, value) -> json.set(name, Json.MAPPER.valueToTree(value)));
        return Json.MAPPER.treeToValue(json, kind);
    }

    private static PairedSettings of(int epochs, double rate, int charts, List<JointStage> joint) {
        return new PairedSettings(
                6,
                2,
                List.of(16, 16),
                Map.of("vector", new EncoderSettings.Layers(List.of(24), null)),
                false,
                charts,
                new EmbedderStage(epochs, 50, rate, 0.1, Negatives.RANDOM, 0.3, null),
                null,
                new HeadStage(epochs, 50, rate, 0.1, 0.02, 0.5),
                joint,
                new Penalties(1, 1, 0.25, 0.1, 0.03, null),
                RetrievalLatent.PRIOR,
                Negatives.HARDEST,
                AlignmentMethod.FASTICA,
                null,
                null,
                null,
                null,
                null);
    }

    private static JointStage joint(int epochs, boolean align, double rate) {
        double anchor = align ? 1 : 0;
        return new JointStage(
                epochs, 50, align, 0.1, 0.05, 0.02, 0.5, rate, rate, 0.5, 1, anchor, anchor);
    }
}
