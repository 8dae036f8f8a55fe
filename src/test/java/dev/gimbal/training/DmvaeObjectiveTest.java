package dev.gimbal.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import dev.gimbal.family.Family;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

/// Eq. 3 over three modalities. Example 0 is whole, 1, 2 and 3 lack one each, and of 4 there is x1
/// alone.
class DmvaeObjectiveTest {
    private static final Noiseless STILL = new Noiseless(1);

    @AutoClose private final NDManager manager = NDManager.newBaseManager();

    private final ExampleLosses losses = losses();

    @Test
    void eachModalityIsDrawnFromTheJointBeliefItsOwnAndThoseOfBothOthers() {
        assertThat(losses.of(STILL, 0).terms().keySet())
                .filteredOn(term -> !term.startsWith("kl."))
                .containsExactlyInAnyOrder(
                        "joint->x1",
                        "x1->x1",
                        "x2->x1",
                        "x3->x1",
                        "joint->x2",
                        "x1->x2",
                        "x2->x2",
                        "x3->x2",
                        "joint->x3",
                        "x1->x3",
                        "x2->x3",
                        "x3->x3");
    }

    @Test
    void theJointTermTakesExamplesWithTwoOfThree() {
        for (String term : new String[] {"joint->x1", "kl.joint->x1"}) {
            double whole = term(term, 0);
            double withoutX2 = term(term, 2);
            double withoutX3 = term(term, 3);

            assertThat(term(term, 0, 2, 3, 4))
                    .isCloseTo((whole + withoutX2 + withoutX3) / 3, within(1e-3));
            assertThat(term(term, 4)).isZero();
        }
        assertThat(term("x1->x1", 4)).isNotZero();
    }

    @Test
    void aCrossTermTakesExamplesThatHaveBothEnds() {
        assertThat(term("x2->x3", 0, 1, 2, 3, 4))
                .isCloseTo((term("x2->x3", 0) + term("x2->x3", 1)) / 2, within(1e-3));
    }

    private double term(String name, int... positions) {
        Map<String, NDArray> terms = losses.of(STILL, positions).terms();
        return java.util.Objects.requireNonNull(terms.get(name)).getFloat();
    }

    private ExampleLosses losses() {
        ExampleLosses partial =
                ExampleLosses.of(
                        Family.DMVAE,
                        SmallSettings.vae(Family.DMVAE, 8),
                        SmallTriples.PARTIAL,
                        manager);
        Map<String, boolean[]> presences = new HashMap<>(partial.data().presences());
        presences.replaceAll((modality, present) -> {
            boolean[] fewer = present.clone();
            fewer[4] = modality.equals("x1");
            return fewer;
        });
        TrainingData data = new TrainingData(partial.data().values(), presences);
        return new ExampleLosses(partial.plan(), data, manager);
    }
}
