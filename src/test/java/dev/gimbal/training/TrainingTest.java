package dev.gimbal.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import ai.djl.ndarray.NDManager;
import dev.gimbal.bundle.Factor;
import dev.gimbal.bundle.Json;
import dev.gimbal.bundle.LatentSpace;
import dev.gimbal.bundle.ModelBundle;
import dev.gimbal.bundle.Safetensors;
import dev.gimbal.dataset.BadInputException;
import dev.gimbal.dataset.FactorTable;
import dev.gimbal.dataset.MultimodalDataset;
import dev.gimbal.dataset.Split;
import dev.gimbal.family.Family;
import dev.gimbal.network.Parameters;
import dev.gimbal.network.Rows;
import dev.gimbal.training.PairedSettings.AlignmentMethod;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class TrainingTest {
    private static final double CHANCE = 0.01;

    /// One brief training, done once.
    @TempDir private static Path finished;

    private static ModelBundle brief;

    @TempDir private Path folder;

    @BeforeAll
    static void trainOnce() throws IOException {
        brief =
                training(Family.RIVAE, SmallSettings.brief(), finished)
                        .run(false, TrainingListener.SILENT)
                        .orElseThrow();
    }

    @ParameterizedTest
    @EnumSource(names = {"COS_SIM", "COS_SIM_LVM", "RIVAE"})
    void aSmallTrainingBeatsChanceTwentyFold(Family family) throws IOException {
        ModelBundle bundle =
                training(family, SmallSettings.thorough(), folder)
                        .run(false, TrainingListener.SILENT)
                        .orElseThrow();

        assertThat(bundle.manifest().metrics().get("recallAt1")).isGreaterThan(20 * CHANCE);
        assertThat(bundle.manifest().metrics().get("medianRank")).isLessThanOrEqualTo(4);
        assertThat(ModelBundle.read(folder.resolve("bundle")).manifest())
                .isEqualTo(bundle.manifest());
    }

    @ParameterizedTest
    @EnumSource(names = {"COS_SIM", "COS_SIM_LVM", "RIVAE"})
    void bothWaysBeatChanceTwentyFold(Family family) throws IOException {
        PairedSettings settings = SmallSettings.bothWays(SmallSettings.thorough());

        ModelBundle bundle =
                training(family, settings, folder)
                        .run(false, TrainingListener.SILENT)
                        .orElseThrow();

        Map<String, Double> metrics = bundle.manifest().metrics();
        assertThat(metrics.get("recallAt1")).isGreaterThan(20 * CHANCE);
        assertThat(metrics.get("backward.recallAt1")).isGreaterThan(20 * CHANCE);
        assertThat(bundle.manifest().latentSpaces())
                .extracting(LatentSpace::queries, LatentSpace::target)
                .containsExactly(tuple(List.of("x1"), "x2"), tuple(List.of("x2"), "x1"));
    }

    @Test
    void aKnobMeansTheSameInBothDirections() throws IOException {
        PairedSettings settings = SmallSettings.bothWays(SmallSettings.thorough());
        ModelBundle bundle =
                training(Family.RIVAE, settings, folder)
                        .run(false, TrainingListener.SILENT)
                        .orElseThrow();

        double[][] there = correlations(bundle, "x1", "x2");
        double[][] back = correlations(bundle, "x2", "x1");
        for (int axis = 0; axis < 2; axis++) {
            int factor = Math.abs(there[axis][0]) > Math.abs(there[axis][1]) ? 0 : 1;
            assertThat(there[axis][factor] * back[axis][factor]).isGreaterThan(0.5);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 3, 4, 6, 7})
    void aTrainingThatWasStoppedEndsWithTheSameWeights(int epochs) throws IOException {
        Training training = training(Family.RIVAE, SmallSettings.brief(), folder);

        Optional<ModelBundle> none = training.run(false, new StopAfter(epochs, 3));

        assertThat(none).isEmpty();
        assertThat(Checkpoint.read(folder).orElseThrow().epoch()).isEqualTo(epochs);
        ModelBundle resumed = training.run(true, TrainingListener.SILENT).orElseThrow();
        assertThat(resumed.fingerprint()).isEqualTo(brief.fingerprint());
    }

    @Test
    void aTrainingFromSeveralStartsCanBeStoppedAmongThem() throws IOException {
        Training whole =
                training(Family.RIVAE, SmallSettings.briefFromTwoStarts(), folder.resolve("a"));
        Training stopped =
                training(Family.RIVAE, SmallSettings.briefFromTwoStarts(), folder.resolve("b"));
        String expected = whole.run(false, TrainingListener.SILENT).orElseThrow().fingerprint();

        // a start has six epochs: this is within the second one
        assertThat(stopped.run(false, new StopAfter(8, 1))).isEmpty();

        assertThat(stopped.run(true, TrainingListener.SILENT).orElseThrow().fingerprint())
                .isEqualTo(expected);
    }

    @Test
    void aTrainingThatIsDoneCanBeResumedToTheSameBundle() throws IOException {
        Training again = training(Family.RIVAE, SmallSettings.brief(), finished);

        assertThat(again.run(true, TrainingListener.SILENT).orElseThrow().fingerprint())
                .isEqualTo(brief.fingerprint());
    }

    @Test
    void otherSettingsDoNotResume() throws IOException {
        training(Family.RIVAE, SmallSettings.brief(), folder).run(false, new StopAfter(1, 1));
        Training other = training(Family.RIVAE, SmallSettings.endingAt(1e-3), folder);

        assertThatThrownBy(() -> other.run(true, TrainingListener.SILENT))
                .isInstanceOf(TrainingFailedException.class)
                .hasMessageContaining("another configuration")
                .hasMessageContaining(folder.toString());
    }

    @Test
    void withoutResumeAFolderIsUsedAnewWhateverIsInIt() throws IOException {
        PairedSettings twoStarts = SmallSettings.briefFromTwoStarts();
        training(Family.RIVAE, twoStarts, folder).run(false, TrainingListener.SILENT);
        Training other = training(Family.RIVAE, twoStarts.aligned(AlignmentMethod.NONE), folder);

        assertThat(other.run(false, TrainingListener.SILENT)).isPresent();
    }

    @Test
    void onlyRivaeSearchesForAChart() throws IOException {
        training(Family.COS_SIM_LVM, SmallSettings.briefFromTwoStarts(), folder)
                .run(false, TrainingListener.SILENT);

        assertThat(folder.resolve("chart-0")).doesNotExist();
    }

    @Test
    void aLossThatIsNoNumberSaysWhereAndKeepsTheLastCheckpoint() throws IOException {
        Training training = training(Family.RIVAE, SmallSettings.endingAt(1e30), folder);

        assertThatThrownBy(() -> training.run(false, TrainingListener.SILENT))
                .isInstanceOf(TrainingFailedException.class)
                .hasMessageContaining("stage 'joint-2'")
                .hasMessageContaining("epoch 7")
                .hasMessageContaining("step");

        requireReadableCheckpoint(6);
        assertThat(folder.resolve("bundle")).doesNotExist();
    }

    @Test
    void weightsThatBreakAtTheLastStepOfAnEpochAreNotKept() throws IOException {
        Training training = training(Family.COS_SIM, SmallSettings.oneStepAt(1e39), folder);

        assertThatThrownBy(() -> training.run(false, TrainingListener.SILENT))
                .isInstanceOf(TrainingFailedException.class)
                .hasMessageContaining("stage 'embedders'")
                .hasMessageContaining("epoch 1, step 1");

        assertThat(Checkpoint.read(folder)).isEmpty();
    }

    @Test
    void dataThatAreNoNumbersFailAtTheFirstStep() {
        Training training =
                new Training(
                        "bad",
                        Family.COS_SIM,
                        SmallSettings.oneStepAt(1e-3),
                        new SmallPairs(Float.NaN),
                        1,
                        folder);

        assertThatThrownBy(() -> training.run(false, TrainingListener.SILENT))
                .isInstanceOf(TrainingFailedException.class)
                .hasMessageContaining("'cosine' is NaN")
                .hasMessageContaining("epoch 1, step 1");
    }

    @Test
    void whatTrainingAloneNeedsIsNotInTheBundle() throws IOException {
        assertThat(names(Files.readAllBytes(checkpointArrays()))).contains(Anchor.PARAMETER);
        assertThat(names(brief.weights()))
                .isNotEmpty()
                .noneMatch(name -> name.startsWith("training."));
    }

    @Test
    void theReportTellsEveryEpochInNumbersAndInAPicture() throws IOException {
        String json = Files.readString(finished.resolve("report.json"));
        Training.Report report = Json.MAPPER.readValue(json, Training.Report.class);
        assertThat(report.epochs()).hasSize(8);
        assertThat(report.epochs().stream().map(EpochRecord::stage).distinct())
                .containsExactly("embedders", "heads", "joint-1", "joint-2");
        assertThat(report.epochs().getLast().losses())
                .containsKeys("negativeElbo", "retrieval", "anchor", "embedderJacobian");
        assertThat(report.bestEpoch()).isBetween(7, 8);
        assertThat(ImageIO.read(finished.resolve("losses.png").toFile())).isNotNull();
    }

    @Test
    void theBundleSaysWhereItComesFrom() {
        var provenance = brief.manifest().provenance();
        assertThat(provenance.dataset()).isEqualTo("small-pairs");
        assertThat(provenance.dataFingerprint()).isEqualTo(SmallPairs.CLEAN.fingerprint());
        assertThat(provenance.seed()).isEqualTo(1);
        assertThat(provenance.settings()).containsEntry("latent", 2);
        assertThat(provenance.versions()).containsKeys("djl", "engine", "java");
    }

    @Test
    void afterFastIcaTheFactorsAreStandardised() {
        for (Factor factor : brief.manifest().latentSpace("x2").factors()) {
            assertThat(factor.mean()).isBetween(-1e-3, 1e-3);
            assertThat(factor.deviation()).isBetween(0.999, 1.001);
            assertThat(factor.low()).isLessThan(-1);
            assertThat(factor.high()).isGreaterThan(1);
        }
    }

    @Test
    void afterProcrustesEachAxisFollowsItsFactor() throws IOException {
        Labels labels = labels(20);
        ModelBundle bundle =
                new Training(
                                "labelled",
                                Family.RIVAE,
                                SmallSettings.thorough().aligned(AlignmentMethod.PROCRUSTES),
                                SmallPairs.CLEAN,
                                1,
                                folder,
                                labels)
                        .run(false, TrainingListener.SILENT)
                        .orElseThrow();

        assertThat(bundle.manifest().latentSpace("x2").factors().stream().map(Factor::name))
                .containsExactly("left", "right");
        assertThat(bundle.manifest().provenance().settings()).containsKey("labels");
        double[][] correlations = correlations(bundle);
        for (int j = 0; j < 2; j++) {
            assertThat(correlations[j][j]).isGreaterThan(0.9);
            assertThat(correlations[j][1 - j]).isBetween(-0.35, 0.35);
        }
    }

    @Test
    void procrustesWithoutLabelsIsRefusedBeforeTheFirstStep() {
        Training training =
                training(
                        Family.RIVAE,
                        SmallSettings.brief().aligned(AlignmentMethod.PROCRUSTES),
                        folder);

        assertThatThrownBy(() -> training.run(false, TrainingListener.SILENT))
                .isInstanceOf(BadInputException.class)
                .hasMessageContaining("PROCRUSTES")
                .hasMessageContaining("needs labels");
    }

    @Test
    void labelsThatNobodyWouldReadAreRefused() {
        Training training =
                new Training(
                        "labelled",
                        Family.RIVAE,
                        SmallSettings.brief(),
                        SmallPairs.CLEAN,
                        1,
                        folder,
                        labels(20));

        assertThatThrownBy(() -> training.run(false, TrainingListener.SILENT))
                .isInstanceOf(BadInputException.class)
                .hasMessageContaining("FASTICA");
    }

    @Test
    void aFinishedTrainingIsKnownByItsSettings() {
        assertThat(training(Family.RIVAE, SmallSettings.brief(), finished).finished())
                .map(ModelBundle::fingerprint)
                .contains(brief.fingerprint());
        assertThat(training(Family.RIVAE, SmallSettings.thorough(), finished).finished()).isEmpty();
        assertThat(training(Family.COS_SIM, SmallSettings.brief(), finished).finished()).isEmpty();
    }

    @Test
    void twoTrainingsDoNotShareAFolder() throws IOException {
        Training training = training(Family.COS_SIM, SmallSettings.brief(), folder);
        TrainingListener intruder =
                new TrainingListener() {
                    @Override
                    public void epoch(EpochRecord epoch) {
                        assertThatThrownBy(() -> training.run(false, TrainingListener.SILENT))
                                .isInstanceOf(TrainingFailedException.class)
                                .hasMessageContaining("another training")
                                .hasMessageContaining(folder.toString());
                    }
                };

        assertThat(training.run(false, intruder)).isPresent();
    }

    /// Asks to stop at some step of the epoch after the first few.
    private static final class StopAfter implements TrainingListener {
        private final int epochs;
        private final int steps;
        private int epochsDone;
        private int stepsDone;

        StopAfter(int epochs, int steps) {
            this.epochs = epochs;
            this.steps = steps;
        }

        @Override
        public void step(String stage, int epoch, double share) {
            stepsDone++;
        }

        @Override
        public void epoch(EpochRecord epoch) {
            epochsDone++;
            stepsDone = 0;
        }

        @Override
        public boolean stopRequested() {
            return epochsDone >= epochs && stepsDone >= steps;
        }
    }

    private static Training training(Family family, Settings settings, Path folder) {
        return new Training("small", family, settings, SmallPairs.CLEAN, 1, folder);
    }

    private static Labels labels(int count) {
        FactorTable table = SmallPairs.CLEAN.factors(Split.TRAIN);
        Map<String, float[]> values = new LinkedHashMap<>();
        for (int i = 0; i < count; i++) {
            values.put(SmallPairs.CLEAN.example(Split.TRAIN, i).id(), table.values()[i]);
        }
        return new Labels(table.names(), values);
    }

    private void requireReadableCheckpoint(int epoch) throws IOException {
        Checkpoint checkpoint = Checkpoint.read(folder).orElseThrow();
        assertThat(checkpoint.epoch()).isEqualTo(epoch);
        try (NDManager manager = NDManager.newBaseManager();
                Adam adam = new Adam(manager)) {
            Parameters weights = new Parameters(manager);
            checkpoint.restore(folder, manager, weights, adam);
            weights.snapshot()
                    .forEach((name, values) -> {
                        for (float value : values) {
                            assertThat(value).as(name).isFinite();
                        }
                    });
        }
    }

    private static Path checkpointArrays() throws IOException {
        return finished.resolve(Checkpoint.read(finished).orElseThrow().arraysFile());
    }

    private static List<String> names(byte[] weights) {
        try (NDManager manager = NDManager.newBaseManager();
                Parameters parameters = Safetensors.decode(manager, weights)) {
            return parameters.names();
        }
    }

    /// Correlation of each axis of z with each factor over the test queries, `[axis][factor]`.
    private static double[][] correlations(ModelBundle bundle) {
        return correlations(bundle, "x1", "x2");
    }

    private static double[][] correlations(ModelBundle bundle, String query, String target) {
        MultimodalDataset data = SmallPairs.CLEAN;
        float[][] queries =
                TrainingData.of(data, Split.TEST, bundle.manifest().architecture()).rows(query);
        try (NDManager manager = NDManager.newBaseManager();
                var model = bundle.load(manager)) {
            float[][] z =
                    Rows.map(manager, queries, x -> model.infer(target, Map.of(query, x)).mean());
            float[][] factors = data.factors(Split.TEST).values();
            double[][] correlations = new double[2][2];
            for (int axis = 0; axis < 2; axis++) {
                for (int factor = 0; factor < 2; factor++) {
                    correlations[axis][factor] = correlation(z, axis, factors, factor);
                }
            }
            return correlations;
        }
    }

    private static double correlation(float[][] a, int i, float[][] b, int j) {
        double sumA = 0;
        double sumB = 0;
        double squaresA = 0;
        double squaresB = 0;
        double products = 0;
        for (int row = 0; row < a.length; row++) {
            double x = a[row][i];
            double y = b[row][j];
            sumA += x;
            sumB += y;
            squaresA += x * x;
            squaresB += y * y;
            products += x * y;
        }
        double n = a.length;
        return (products - sumA * sumB / n)
                / Math.sqrt((squaresA - sumA * sumA / n) * (squaresB - sumB * sumB / n));
    }
}
