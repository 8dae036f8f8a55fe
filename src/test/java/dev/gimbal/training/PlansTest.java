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
import dev.gimbal.family.Architecture;
import dev.gimbal.family.Family;
import dev.gimbal.family.Rivae;
import dev.gimbal.network.Identity;
import java.util.List;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

class PlansTest {
    private static final MultimodalDataset ALIKE = new Empty(8, 8);
    private static final MultimodalDataset UNLIKE = new Empty(8, 5);

    /// Of embeddings taken as they are.
    private static final PairedSettings PAIRS = preset(Family.RIVAE, "pairs");

    @AutoClose private final NDManager manager = NDManager.newBaseManager();

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

    private static PairedSettings preset(Family family, String dataset) {
        return (PairedSettings) Presets.of(family, dataset);
    }

    private TrainingPlan plan(Family family, PairedSettings settings, MultimodalDataset dataset) {
        return Plans.of(family, settings, dataset, 1, manager);
    }

    private void refused(
            String message, Family family, PairedSettings settings, MultimodalDataset dataset) {
        assertThatThrownBy(() -> plan(family, settings, dataset))
                .isInstanceOf(BadInputException.class)
                .hasMessageContaining(message);
    }

    @Test
    void embeddingsTakenAsTheyAreSizeTheSharedSpaceAndHaveNoStageAndNoParametersOfTheirOwn() {
        TrainingPlan plan = plan(Family.RIVAE, PAIRS, ALIKE);

        Architecture architecture = plan.model().architecture();
        assertThat(architecture.network("embedder.x1")).isEqualTo(new Identity(8));
        assertThat(architecture.network("decoder").outputSize()).isEqualTo(8);
        assertThat(plan.stages()).extracting(Stage::name).containsExactly("heads", "joint-1");
        for (Stage stage : plan.stages()) {
            assertThat(stage.groups()).hasSize(1);
            assertThat(stage.groups().getFirst().contains(Rivae.LOG_CONSTANT)).isFalse();
        }
    }

    @Test
    void embeddingsOfDifferentSizesNeedAnEncoder() {
        refused("'x1' has 8 entries and 'x2' has 5", Family.RIVAE, PAIRS, UNLIKE);
    }

    @Test
    void withAnEncoderTheSizesMayDiffer() {
        PairedSettings settings = preset(Family.COS_SIM, "pairs");

        TrainingPlan plan = plan(Family.COS_SIM, settings, UNLIKE);

        assertThat(plan.model().architecture().network("embedder.x2").outputSize())
                .isEqualTo(settings.embedding());
    }

    @Test
    void aLinearStartFindsNoMoreLatentsThanAnEmbeddingHasEntries() {
        PairedSettings wide = preset(Family.RIVAE, "embeddings").withLatent(9);

        refused("latent (9): is more than the 8 entries", Family.RIVAE, wide, ALIKE);
    }

    @Test
    void anAnchorNeedsAnAlignmentBeforeIt() {
        PairedSettings adrift = SmallSettings.anchoredWithoutAlignment();

        refused("anchor (1.0): needs a joint stage that aligns z", Family.RIVAE, adrift, ALIKE);
        assertThat(plan(Family.RIVAE, SmallSettings.brief(), ALIKE).stages()).hasSize(4);
    }

    @Test
    void cosSimOverEmbeddingsTakenAsTheyAreHasNothingToTrain() {
        refused("nothing to train", Family.COS_SIM, PAIRS, ALIKE);
    }
}
