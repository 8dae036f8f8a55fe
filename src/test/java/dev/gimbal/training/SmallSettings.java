package dev.gimbal.training;

import dev.gimbal.bundle.Json;
import dev.gimbal.objective.RetrievalHinge.Negatives;
import dev.gimbal.training.Settings.AlignmentMethod;
import dev.gimbal.training.Settings.EmbedderStage;
import dev.gimbal.training.Settings.HeadStage;
import dev.gimbal.training.Settings.JointStage;
import dev.gimbal.training.Settings.Penalties;
import dev.gimbal.training.Settings.RetrievalLatent;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.node.ObjectNode;

/// Settings that train small models in a second or two.
final class SmallSettings {
    private SmallSettings() {}

    /// Enough to learn something: 30, 30 and twice 30 epochs.
    static Settings thorough() {
        return of(30, 3e-3, 1, List.of(joint(30, false, 3e-3), joint(30, true, 3e-3)));
    }

    /// Every kind of stage for 2 epochs: embedders, heads, joint, joint after an alignment.
    static Settings brief() {
        return of(2, 3e-3, 1, List.of(joint(2, false, 3e-3), joint(2, true, 3e-3)));
    }

    /// The same from the cleanest of two starts.
    static Settings briefFromTwoStarts() {
        return of(2, 3e-3, 2, brief().joint());
    }

    /// The brief one, whose last stage learns at this rate.
    static Settings endingAt(double rate) {
        return of(2, 3e-3, 1, List.of(joint(2, false, 3e-3), joint(2, true, rate)));
    }

    /// The same settings for a model that leads both ways.
    static Settings bothWays(Settings settings) {
        return changed(settings, Map.of("bothWays", true));
    }

    /// One step an epoch, in embedders alone.
    static Settings oneStepAt(double rate) {
        return changed(
                brief(),
                Map.of(
                        "charts",
                        1,
                        "embedders",
                        new EmbedderStage(2, 400, rate, 0.1, Negatives.ALL, 0),
                        "joint",
                        List.of(),
                        "alignment",
                        AlignmentMethod.NONE));
    }

    /// Heads over embeddings that are taken as they are, for a few epochs.
    static Settings overEmbeddings() {
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

    /// Settings with some entries replaced, by the names that they have in JSON.
    private static Settings changed(Settings settings, Map<String, ?> changes) {
        ObjectNode json = Json.MAPPER.valueToTree(settings);
        changes.forEach((name, value) -> json.set(name, Json.MAPPER.valueToTree(value)));
        return Json.MAPPER.treeToValue(json, Settings.class);
    }

    private static Settings of(int epochs, double rate, int charts, List<JointStage> joint) {
        return new Settings(
                6,
                2,
                List.of(16, 16),
                Map.of("vector", new EncoderSettings.Layers(List.of(24))),
                false,
                charts,
                new EmbedderStage(epochs, 50, rate, 0.1, Negatives.RANDOM, 0.3),
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
                null);
    }

    private static JointStage joint(int epochs, boolean align, double rate) {
        double anchor = align ? 1 : 0;
        return new JointStage(
                epochs, 50, align, 0.1, 0.05, 0.02, 0.5, rate, rate, 0.5, 1, anchor, anchor);
    }
}
