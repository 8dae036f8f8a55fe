package dev.gimbal.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.ndarray.NDManager;
import dev.gimbal.dataset.BadInputException;
import dev.gimbal.dataset.DatasetOptions;
import dev.gimbal.dataset.Datasets;
import dev.gimbal.dataset.MultimodalDataset;
import dev.gimbal.distribution.Likelihood;
import dev.gimbal.family.Family;
import java.util.Map;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class VaePlansTest {
    private static final MultimodalDataset PLATES =
            Datasets.of("plates")
                    .open(
                            new DatasetOptions(
                                    1, Map.of("train", "40", "validation", "10", "test", "10")));

    @AutoClose private final NDManager manager = NDManager.newBaseManager();

    @ParameterizedTest
    @ValueSource(strings = {"jonit", "x1->x4", "x1", "x1-x2", "joint->x4"})
    void aTermThatTheObjectiveDoesNotHaveIsRefused(String term) {
        assertThatThrownBy(() -> dmvaeWithout("x1->x2", term))
                .isInstanceOf(BadInputException.class)
                .hasMessageStartingWith("without (%s): is no term".formatted(term))
                .hasMessageContaining("joint, joint->x1, x1->x1, x2->x1");
    }

    @Test
    void everyTermOfTheObjectiveMayBeLeftOut() {
        for (String term : new String[] {"joint", "joint->x2", "x1->x1", "x3->x2"}) {
            assertThat(dmvaeWithout(term).stages()).hasSize(1);
        }
    }

    @Test
    void termsAreNotLeftOutUntilNothingDrawsAModality() {
        assertThatThrownBy(() -> dmvaeWithout("joint", "x1->x2", "x2->x2", "x3->x2"))
                .isInstanceOf(BadInputException.class)
                .hasMessage(
                        "without ([joint, x1->x2, x2->x2, x3->x2]): leaves no term that draws 'x2'");
        assertThat(dmvaeWithout("x1->x2", "x2->x2", "x3->x2").stages()).hasSize(1);
    }

    @ParameterizedTest
    @EnumSource(names = {"MVAE", "MMVAE", "MOPOE"})
    void familiesWithoutThoseTermsLeaveNoneOut(Family family) {
        VaeSettings settings = SmallSettings.without(SmallSettings.vae(family, 8), "joint");

        assertThatThrownBy(() -> Plans.of(family, settings, SmallPairs.CLEAN, 1, manager))
                .isInstanceOf(BadInputException.class)
                .hasMessage("without ([joint]): is of no use to " + family.id());
    }

    @ParameterizedTest
    @EnumSource(
            value = Likelihood.Kind.class,
            names = {"BERNOULLI", "GAUSSIAN", "LAPLACE"})
    void wordsAreCategorical(Likelihood.Kind kind) {
        assertThatThrownBy(() -> plates("recipe", kind))
                .isInstanceOf(BadInputException.class)
                .hasMessage(
                        "likelihoods.recipe (%s): does not draw words; CATEGORICAL does"
                                .formatted(kind));
    }

    @Test
    void pixelsAreNoWords() {
        assertThatThrownBy(() -> plates("picture", Likelihood.Kind.CATEGORICAL))
                .isInstanceOf(BadInputException.class)
                .hasMessage(
                        "likelihoods.picture (CATEGORICAL): draws words, but 'picture' is read as"
                                + " numbers");
    }

    private TrainingPlan dmvaeWithout(String... terms) {
        VaeSettings settings = SmallSettings.without(SmallSettings.vae(Family.DMVAE, 8), terms);
        return Plans.of(Family.DMVAE, settings, SmallTriples.WHOLE, 1, manager);
    }

    private void plates(String modality, Likelihood.Kind kind) {
        VaeSettings preset = (VaeSettings) Presets.of(Family.DMVAE, "plates");
        Plans.of(Family.DMVAE, SmallSettings.drawing(preset, modality, kind), PLATES, 1, manager);
    }
}
