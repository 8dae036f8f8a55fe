package dev.gimbal.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.ndarray.NDManager;
import dev.gimbal.dataset.BadInputException;
import dev.gimbal.dataset.Modality;
import dev.gimbal.family.Family;
import dev.gimbal.family.Rivae;
import dev.gimbal.network.Identity;
import java.util.List;
import org.junit.jupiter.api.Test;

class PlansTest {
    private static final List<Modality> ALIKE =
            List.of(Modality.vector("x1", 8), Modality.vector("x2", 8));
    private static final List<Modality> UNLIKE =
            List.of(Modality.vector("x1", 8), Modality.vector("x2", 5));

    @Test
    void embeddingsTakenAsTheyAreHaveNoStageAndNoParametersOfTheirOwn() {
        try (NDManager manager = NDManager.newBaseManager()) {
            Settings settings = Presets.of(Family.RIVAE, "pairs");

            TrainingPlan plan = Plans.of(Family.RIVAE, settings, ALIKE, 1, manager);

            assertThat(plan.model().architecture().network("embedder.x1"))
                    .isEqualTo(new Identity(8));
            assertThat(plan.stages()).extracting(Stage::name).containsExactly("heads", "joint-1");
            for (Stage stage : plan.stages()) {
                assertThat(stage.groups()).hasSize(1);
                assertThat(stage.groups().getFirst().contains(Rivae.LOG_CONSTANT)).isFalse();
            }
        }
    }

    @Test
    void theSizeOfTheSharedSpaceComesFromTheEmbeddings() {
        try (NDManager manager = NDManager.newBaseManager()) {
            Settings settings = Presets.of(Family.RIVAE, "pairs");

            TrainingPlan plan = Plans.of(Family.RIVAE, settings, ALIKE, 1, manager);

            assertThat(plan.model().architecture().network("decoder").outputSize()).isEqualTo(8);
        }
    }

    @Test
    void embeddingsOfDifferentSizesNeedAnEncoder() {
        try (NDManager manager = NDManager.newBaseManager()) {
            Settings settings = Presets.of(Family.RIVAE, "pairs");

            assertThatThrownBy(() -> Plans.of(Family.RIVAE, settings, UNLIKE, 1, manager))
                    .isInstanceOf(BadInputException.class)
                    .hasMessageContaining("'x1' has 8 entries and 'x2' has 5");
        }
    }

    @Test
    void withAnEncoderTheSizesMayDiffer() {
        try (NDManager manager = NDManager.newBaseManager()) {
            Settings settings = Presets.of(Family.COS_SIM, "pairs");

            TrainingPlan plan = Plans.of(Family.COS_SIM, settings, UNLIKE, 1, manager);

            assertThat(plan.model().architecture().network("embedder.x2").outputSize())
                    .isEqualTo(settings.embedding());
        }
    }

    @Test
    void cosSimOverEmbeddingsTakenAsTheyAreHasNothingToTrain() {
        try (NDManager manager = NDManager.newBaseManager()) {
            Settings settings = Presets.of(Family.RIVAE, "pairs");

            assertThatThrownBy(() -> Plans.of(Family.COS_SIM, settings, ALIKE, 1, manager))
                    .isInstanceOf(BadInputException.class)
                    .hasMessageContaining("nothing to train");
        }
    }
}
