package dev.gimbal.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.ndarray.NDManager;
import dev.gimbal.dataset.BadInputException;
import dev.gimbal.dataset.Example;
import dev.gimbal.dataset.FactorTable;
import dev.gimbal.dataset.Modality;
import dev.gimbal.dataset.MultimodalDataset;
import dev.gimbal.dataset.Split;
import dev.gimbal.family.Family;
import dev.gimbal.family.Rivae;
import dev.gimbal.network.Identity;
import java.util.List;
import org.junit.jupiter.api.Test;

class PlansTest {
    private static final MultimodalDataset ALIKE = new Empty(8, 8);
    private static final MultimodalDataset UNLIKE = new Empty(8, 5);

    /// Two modalities of vectors of these sizes, and no example.
    private record Empty(int first, int second) implements MultimodalDataset {
        @Override
        public String name() {
            return "empty";
        }

        @Override
        public List<Modality> modalities() {
            return List.of(Modality.vector("x1", first), Modality.vector("x2", second));
        }

        @Override
        public int size(Split split) {
            return 0;
        }

        @Override
        public Example example(Split split, int position) {
            throw new IndexOutOfBoundsException(position);
        }

        @Override
        public FactorTable factors(Split split) {
            return FactorTable.NONE;
        }

        @Override
        public String fingerprint() {
            return "";
        }
    }

    @Test
    void embeddingsTakenAsTheyAreHaveNoStageAndNoParametersOfTheirOwn() {
        try (NDManager manager = NDManager.newBaseManager()) {
            PairedSettings settings = (PairedSettings) Presets.of(Family.RIVAE, "pairs");

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
            PairedSettings settings = (PairedSettings) Presets.of(Family.RIVAE, "pairs");

            TrainingPlan plan = Plans.of(Family.RIVAE, settings, ALIKE, 1, manager);

            assertThat(plan.model().architecture().network("decoder").outputSize()).isEqualTo(8);
        }
    }

    @Test
    void embeddingsOfDifferentSizesNeedAnEncoder() {
        try (NDManager manager = NDManager.newBaseManager()) {
            PairedSettings settings = (PairedSettings) Presets.of(Family.RIVAE, "pairs");

            assertThatThrownBy(() -> Plans.of(Family.RIVAE, settings, UNLIKE, 1, manager))
                    .isInstanceOf(BadInputException.class)
                    .hasMessageContaining("'x1' has 8 entries and 'x2' has 5");
        }
    }

    @Test
    void withAnEncoderTheSizesMayDiffer() {
        try (NDManager manager = NDManager.newBaseManager()) {
            PairedSettings settings = (PairedSettings) Presets.of(Family.COS_SIM, "pairs");

            TrainingPlan plan = Plans.of(Family.COS_SIM, settings, UNLIKE, 1, manager);

            assertThat(plan.model().architecture().network("embedder.x2").outputSize())
                    .isEqualTo(settings.embedding());
        }
    }

    @Test
    void aLinearStartFindsNoMoreLatentsThanAnEmbeddingHasEntries() {
        try (NDManager manager = NDManager.newBaseManager()) {
            PairedSettings wide =
                    ((PairedSettings) Presets.of(Family.RIVAE, "embeddings")).withLatent(9);

            assertThatThrownBy(() -> Plans.of(Family.RIVAE, wide, ALIKE, 1, manager))
                    .isInstanceOf(BadInputException.class)
                    .hasMessageContaining("latent (9): is more than the 8 entries");
        }
    }

    @Test
    void anAnchorNeedsAnAlignmentBeforeIt() {
        try (NDManager manager = NDManager.newBaseManager()) {
            PairedSettings adrift = SmallSettings.anchoredWithoutAlignment();

            assertThatThrownBy(() -> Plans.of(Family.RIVAE, adrift, ALIKE, 1, manager))
                    .isInstanceOf(BadInputException.class)
                    .hasMessageContaining("anchor (1.0): needs a joint stage that aligns z");
            assertThat(Plans.of(Family.RIVAE, SmallSettings.brief(), ALIKE, 1, manager).stages())
                    .hasSize(4);
        }
    }

    @Test
    void cosSimOverEmbeddingsTakenAsTheyAreHasNothingToTrain() {
        try (NDManager manager = NDManager.newBaseManager()) {
            PairedSettings settings = (PairedSettings) Presets.of(Family.RIVAE, "pairs");

            assertThatThrownBy(() -> Plans.of(Family.COS_SIM, settings, ALIKE, 1, manager))
                    .isInstanceOf(BadInputException.class)
                    .hasMessageContaining("nothing to train");
        }
    }
}
