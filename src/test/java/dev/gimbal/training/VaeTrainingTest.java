package dev.gimbal.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDManager;
import dev.gimbal.bundle.ModelBundle;
import dev.gimbal.dataset.MultimodalDataset;
import dev.gimbal.family.Family;
import dev.gimbal.network.Parameters;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class VaeTrainingTest {
    @AutoClose private final NDManager manager = NDManager.newBaseManager();

    @TempDir private Path folder;

    private static final TrainingData SECOND_WITHOUT_X2 =
            new TrainingData(
                    Map.of(
                            "x1", new float[][] {{1, 2, 3, 4, 5, 6}, {0, 1, 0, 1, 0, 1}},
                            "x2", new float[][] {{1, 1, 0, 0, 1}, {0, 0, 0, 0, 0}}),
                    Map.of("x2", new boolean[] {true, false}));

    @ParameterizedTest
    @EnumSource(names = {"DMVAE", "MVAE", "MMVAE", "MOPOE"})
    void trainingRaisesTheBound(Family family) throws IOException {
        double untrained = validationLoss(family, SmallPairs.CLEAN);

        ModelBundle bundle = train(family, 240, false, TrainingListener.SILENT).orElseThrow();

        double loss = bundle.manifest().metrics().get("loss");
        assertThat(untrained - loss)
                .as("nats gained, from %s to %s", untrained, loss)
                .isGreaterThan(50);
    }

    @Test
    void aDmvaeThatWasStoppedEndsWithTheSameWeights() throws IOException {
        ModelBundle whole = train(Family.DMVAE, 40, false, TrainingListener.SILENT).orElseThrow();
        Path other = folder.resolve("other");

        TrainingListener stopper =
                new TrainingListener() {
                    private int epochs;

                    @Override
                    public void epoch(EpochRecord epoch) {
                        epochs++;
                    }

                    @Override
                    public boolean stopRequested() {
                        return epochs == 2;
                    }
                };
        Training training = training(Family.DMVAE, 40, other);
        assertThat(training.run(false, stopper)).isEmpty();

        ModelBundle resumed = training.run(true, TrainingListener.SILENT).orElseThrow();

        assertThat(resumed.fingerprint()).isEqualTo(whole.fingerprint());
    }

    @ParameterizedTest
    @EnumSource(names = {"DMVAE", "MVAE", "MMVAE", "MOPOE"})
    void everyWeightHasAFiniteGradientThatIsNotZero(Family family) {
        TrainingPlan plan =
                Plans.of(family, SmallSettings.vae(family, 8), SmallPairs.CLEAN, 1, manager);
        plan.model().parameters().track(_ -> true);
        Batch batch = batch(plan);

        try (var tape = ai.djl.engine.Engine.getInstance().newGradientCollector()) {
            tape.backward(plan.stages().getFirst().objective().of(batch).total());
        }

        Parameters parameters = plan.model().parameters();
        for (String name : parameters.names()) {
            double squares = 0;
            for (float entry : parameters.get(name).getGradient().toFloatArray()) {
                squares += entry * entry;
            }
            assertThat(squares).as(name).isFinite().isPositive();
        }
    }

    /// With one sample all three bounds are the ELBO.
    @Test
    void withOneSampleTheBoundsOfMmvaeAreOne() {
        double elbo = mmvaeLoss(VaeSettings.Bound.ELBO, 1);

        assertThat(mmvaeLoss(VaeSettings.Bound.IWAE, 1)).isCloseTo(elbo, within(1e-3));
        assertThat(mmvaeLoss(VaeSettings.Bound.DREG, 1)).isCloseTo(elbo, within(1e-3));
    }

    /// [MmvaeObjectiveTest] compares gradients.
    @Test
    void moreSamplesTightenTheBoundWhoseValueBothEstimatorsOfItsGradientShare() {
        double one = mmvaeLoss(VaeSettings.Bound.IWAE, 1);
        double twenty = mmvaeLoss(VaeSettings.Bound.IWAE, 20);

        assertThat(twenty).isLessThan(one);
        assertThat(mmvaeLoss(VaeSettings.Bound.DREG, 20)).isCloseTo(twenty, within(1e-3));
    }

    @Test
    void termsThatAnAblationLeavesOutAreNotThere() {
        VaeSettings settings = SmallSettings.vae(Family.DMVAE, 8);
        VaeSettings ablated =
                SmallSettings.without(settings, VaeSettings.JOINT, VaeSettings.cross("x1", "x2"));
        TrainingPlan plan = Plans.of(Family.DMVAE, ablated, SmallPairs.CLEAN, 1, manager);

        assertThat(plan.stages().getFirst().objective().of(batch(plan)).terms().keySet())
                .filteredOn(term -> !term.startsWith("kl."))
                .containsExactlyInAnyOrder("x1->x1", "x2->x1", "x2->x2");
    }

    private TrainingPlan dmvae() {
        return Plans.of(
                Family.DMVAE, SmallSettings.vae(Family.DMVAE, 8), SmallPairs.CLEAN, 1, manager);
    }

    /// Absent values change nothing, whatever stands in their place.
    @Test
    void whatIsAbsentHasNoPartInTheLoss() {
        TrainingPlan plan = dmvae();
        float[][] x1 = {{1, 2, 3, 4, 5, 6}, {0, 1, 0, 1, 0, 1}};
        float[][] zeros = {{0, 0, 0, 0, 0}, {1, 1, 0, 0, 1}};
        float[][] junk = {{9, -9, 9, -9, 9}, {1, 1, 0, 0, 1}};
        boolean[] present = {false, true};

        assertThat(
                        loss(
                                plan,
                                new TrainingData(
                                        Map.of("x1", x1, "x2", junk), Map.of("x2", present))))
                .isCloseTo(
                        loss(
                                plan,
                                new TrainingData(
                                        Map.of("x1", x1, "x2", zeros), Map.of("x2", present))),
                        within(1e-3));
    }

    @ParameterizedTest
    @EnumSource(names = {"DMVAE", "MVAE", "MMVAE", "MOPOE"})
    void aTrainingWithHalfOfOneModalityAbsentStillLearns(Family family) throws IOException {
        double untrained = validationLoss(family, SmallPairs.CLEAN);
        Training training =
                new Training(
                        "half",
                        family,
                        SmallSettings.vae(family, 80),
                        new HalfAbsent(2),
                        1,
                        folder);

        ModelBundle bundle = training.run(false, TrainingListener.SILENT).orElseThrow();

        double loss = bundle.manifest().metrics().get("loss");
        assertThat(untrained - loss)
                .as("nats gained, from %s to %s", untrained, loss)
                .isGreaterThan(50);
    }

    /// Three of four examples lack a modality.
    @ParameterizedTest
    @EnumSource(names = {"DMVAE", "MVAE", "MMVAE", "MOPOE"})
    void trainingOnThreeModalitiesThatAreOftenAbsentRaisesTheBound(Family family)
            throws IOException {
        double untrained = validationLoss(family, SmallTriples.PARTIAL);
        Training training =
                new Training(
                        "triples",
                        family,
                        SmallSettings.vae(family, 240),
                        SmallTriples.PARTIAL,
                        1,
                        folder);

        ModelBundle bundle = training.run(false, TrainingListener.SILENT).orElseThrow();

        double loss = bundle.manifest().metrics().get("loss");
        assertThat(untrained - loss)
                .as("nats gained, from %s to %s", untrained, loss)
                .isGreaterThan(50);
        assertThat(bundle.manifest().latentSpaces()).hasSize(3);
    }

    @Test
    void theJointTermIsOfExamplesWithTwoModalitiesOrMore() {
        TrainingPlan plan = dmvae();
        Objective objective = plan.stages().getFirst().objective();

        var both =
                objective.of(
                        SECOND_WITHOUT_X2.batch(manager, new int[] {0, 1}, 0, 2, random(1), 0));
        var whole =
                objective.of(SECOND_WITHOUT_X2.batch(manager, new int[] {0}, 0, 1, random(1), 0));

        for (String term : new String[] {"kl.joint->x1", "kl.joint->x2", "kl.x2->x1"}) {
            assertThat(both.terms().get(term).getFloat())
                    .as(term)
                    .isCloseTo(whole.terms().get(term).getFloat(), within(1e-5f));
        }
        assertThat(both.terms().get("kl.x1->x1").getFloat())
                .isNotCloseTo(whole.terms().get("kl.x1->x1").getFloat(), within(1e-4f));
    }

    @Test
    void aBatchWithoutAModalityIsRefusedWithItsPlace() {
        Training training =
                new Training(
                        "rare",
                        Family.DMVAE,
                        SmallSettings.vae(Family.DMVAE, 80),
                        new HalfAbsent(400),
                        1,
                        folder);

        assertThatThrownBy(() -> training.run(false, TrainingListener.SILENT))
                .isInstanceOf(TrainingFailedException.class)
                .hasMessageContaining("'x2'")
                .hasMessageContaining("epoch 1")
                .hasMessageContaining("step");
    }

    @Test
    void examplesAreDealtOutWithinTheirClassesOnly() {
        float[][] left = {{0}, {1}, {2}, {3}, {4}, {5}};
        float[][] right = {{10}, {11}, {12}, {13}, {14}, {15}};
        int[] classes = {0, 1, 0, 1, 0, 1};
        Map<String, float[][]> values = new java.util.LinkedHashMap<>();
        values.put("x1", left);
        values.put("x2", right);

        boolean moved = false;
        for (int seed = 0; seed < 5; seed++) {
            TrainingData dealt = new TrainingData(values).dealt(classes, random(seed));
            assertThat(dealt.rows("x1")).isDeepEqualTo(left);
            for (int i = 0; i < 6; i++) {
                assertThat((int) dealt.rows("x2")[i][0] % 2).isEqualTo(classes[i]);
            }
            moved |= dealt.rows("x2")[0][0] != 10;
        }
        assertThat(moved).isTrue();
    }

    private double mmvaeLoss(VaeSettings.Bound bound, int samples) {
        VaeSettings settings = SmallSettings.bounded(bound, samples);
        TrainingPlan plan = Plans.of(Family.MMVAE, settings, SmallPairs.CLEAN, 1, manager);
        return plan.stages().getFirst().objective().of(batch(plan)).total().getFloat();
    }

    private double validationLoss(Family family, MultimodalDataset dataset) {
        TrainingPlan plan = Plans.of(family, SmallSettings.vae(family, 8), dataset, 1, manager);
        return plan.criterion()
                .measure(
                        TrainingData.of(
                                dataset,
                                dev.gimbal.dataset.Split.VALIDATION,
                                plan.model().architecture()))
                .get("loss");
    }

    private double loss(TrainingPlan plan, TrainingData data) {
        Batch batch = data.batch(manager, new int[] {0, 1}, 0, 2, random(1), 0);
        return plan.stages().getFirst().objective().of(batch).total().getFloat();
    }

    private Batch batch(TrainingPlan plan) {
        TrainingData data =
                TrainingData.of(
                        SmallPairs.CLEAN,
                        dev.gimbal.dataset.Split.TRAIN,
                        plan.model().architecture());
        int[] order = IntStream.range(0, 50).toArray();
        return data.batch(manager, order, 0, 50, random(1), 0);
    }

    private Optional<ModelBundle> train(
            Family family, int steps, boolean resume, TrainingListener listener)
            throws IOException {
        return training(family, steps, folder).run(resume, listener);
    }

    private static Training training(Family family, int steps, Path folder) {
        return new Training(
                "small", family, SmallSettings.vae(family, steps), SmallPairs.CLEAN, 1, folder);
    }

    private static RandomGenerator random(long seed) {
        return RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
    }
}
