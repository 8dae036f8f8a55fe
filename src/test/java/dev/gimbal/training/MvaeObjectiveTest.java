package dev.gimbal.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDManager;
import dev.gimbal.family.Family;
import dev.gimbal.objective.Loss;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MvaeObjectiveTest {
    @AutoClose private final NDManager manager = NDManager.newBaseManager();

    private final ExampleLosses losses =
            ExampleLosses.of(
                    Family.MVAE, SmallSettings.vae(Family.MVAE, 8), SmallTriples.PARTIAL, manager);

    /// Example 0 is whole, and 1, 2 and 3 each lack one modality.
    @Test
    void theJointBoundOfABatchIsTheMeanOfItsExamplesBounds() {
        double sum = 0;
        for (int i = 0; i < 4; i++) {
            sum += bound(VaeSettings.JOINT, 1, i);
        }

        assertThat(bound(VaeSettings.JOINT, 1, 0, 1, 2, 3)).isCloseTo(sum / 4, within(1e-3));
        assertThat(bound(VaeSettings.JOINT, 1, 0, 2))
                .isCloseTo(
                        (bound(VaeSettings.JOINT, 1, 0) + bound(VaeSettings.JOINT, 1, 2)) / 2,
                        within(1e-3));
    }

    /// Members of the subset by its bits, the example that has none of them, or -1.
    @ParameterizedTest
    @CsvSource({"1, 1", "2, 2", "3, -1", "4, 3", "5, -1", "6, -1"})
    void aSubsetsBoundIsTheMeanOverTheExamplesThatHaveAnyOfIt(int subset, int without) {
        double sum = 0;
        for (int i = 0; i < 4; i++) {
            sum += i == without ? 0 : bound("subset", subset, i);
        }

        assertThat(bound("subset", subset, 0, 1, 2, 3))
                .isCloseTo(sum / (without < 0 ? 4 : 3), within(1e-3));
    }

    @Test
    void anExampleWithoutAnyMemberOfASubsetHasNoBound() {
        assertThat(bound("subset", 2, 2)).isZero();
        assertThat(bound("subset", 2, 0)).isNotZero();
    }

    /// The likelihoods of a bound less its divergences.
    private double bound(String name, int subset, int... positions) {
        Loss loss = losses.of(new Noiseless(subset), positions);
        return loss.terms().entrySet().stream()
                .mapToDouble(term -> {
                    double value = term.getValue().getFloat();
                    if (term.getKey().startsWith(name + "->")) {
                        return value;
                    }
                    boolean divergence =
                            term.getKey().equals("kl." + name)
                                    || term.getKey().startsWith("kl." + name + "->");
                    return divergence ? -value : 0;
                })
                .sum();
    }
}
