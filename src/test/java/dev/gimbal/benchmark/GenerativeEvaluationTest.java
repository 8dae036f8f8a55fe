package dev.gimbal.benchmark;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gimbal.bundle.ModelBundle;
import dev.gimbal.bundle.Oracle;
import dev.gimbal.dataset.DatasetOptions;
import dev.gimbal.dataset.Datasets;
import dev.gimbal.dataset.MultimodalDataset;
import dev.gimbal.dataset.Split;
import dev.gimbal.embedding.Embedder;
import dev.gimbal.embedding.EmbeddingSettings;
import dev.gimbal.family.Family;
import dev.gimbal.training.ClassifierSettings;
import dev.gimbal.training.OracleTraining;
import dev.gimbal.training.Presets;
import dev.gimbal.training.Training;
import dev.gimbal.training.TrainingListener;
import dev.gimbal.training.VaeSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GenerativeEvaluationTest {
    private static final MultimodalDataset DIGITS =
            Datasets.of("digits")
                    .open(
                            new DatasetOptions(
                                    1, Map.of("train", "400", "validation", "50", "test", "100")));

    @TempDir private Path folder;

    /// Of what a short training is not enough to teach only the ranges are asked; written digits
    /// tell their class at once.
    @Test
    void aShortTrainingIsMeasuredInEveryRespectAndToTheBit() throws IOException {
        VaeSettings settings = ((VaeSettings) Presets.of(Family.DMVAE, "digits")).withSteps(60);
        ModelBundle bundle =
                new Training("digits", Family.DMVAE, settings, DIGITS, 1, folder)
                        .run(false, TrainingListener.SILENT)
                        .orElseThrow();
        ClassifierSettings brief = ClassifierSettings.STANDARD.withSteps(60);
        try (Oracle oracle =
                        new OracleTraining(DIGITS, "digit", brief, 1)
                                .run(TrainingListener.SILENT)
                                .orElseThrow();
                Embedder model = new Embedder(bundle, EmbeddingSettings.defaults())) {
            GenerativeEvaluation measured =
                    GenerativeEvaluation.of(model, DIGITS, Split.TEST, oracle, 1);

            assertThat(measured.crossCoherence().keySet())
                    .containsExactly("written->street", "street->written");
            assertThat(measured.crossCoherenceAtMean())
                    .containsOnlyKeys("written->street", "street->written")
                    .isNotEqualTo(measured.crossCoherence());
            assertThat(measured.jointCoherence()).isBetween(0.0, 1.0);
            assertThat(measured.classes().shared().get("written").linear()).isGreaterThan(.3);
            assertThat(measured.classes().own()).containsOnlyKeys("written", "street");
            assertThat(measured.classes().search().get("written->street").precisionAt10())
                    .isBetween(0.0, 1.0);
            assertThat(measured.logLikelihood()).isNegative();
            assertThat(GenerativeEvaluation.of(model, DIGITS, Split.TEST, oracle, 1))
                    .isEqualTo(measured);

            int steps = settings.stepsTaken(DIGITS.size(Split.TRAIN));
            GenerativeRun run = GenerativeRun.of(bundle.manifest(), "", steps, measured);
            assertThat(GenerativePage.of(List.of(run), List.of(), "the command"))
                    .contains(
                            "| **DMVAE** |", "the command", bundle.fingerprint().substring(0, 12));

            GenerativeFigures figures = new GenerativeFigures(model, DIGITS, oracle.card());
            figures.crossSynthesis("written", "street", folder.resolve("drawn.png"));
            assertThat(Files.size(folder.resolve("drawn.png"))).isPositive();
        }
    }
}
