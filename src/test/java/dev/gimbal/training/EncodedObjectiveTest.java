package dev.gimbal.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDManager;
import dev.gimbal.dataset.MultimodalDataset;
import dev.gimbal.family.Family;
import dev.gimbal.network.Parameters;
import dev.gimbal.objective.Loss;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/// What the objectives of all families that draw owe where modalities are absent: of four examples
/// of three modalities the first is whole, and the others lack x1, x2 and x3.
class EncodedObjectiveTest {
    /// The members of MVAE's subset: x1 and x2.
    private static final Noiseless STILL = new Noiseless(0b011);

    @AutoClose private final NDManager manager = NDManager.newBaseManager();

    /// Every family, and every bound of MMVAE.
    static Stream<Objectives> objectives() {
        return Stream.concat(
                Stream.of(Family.DMVAE, Family.MVAE, Family.MOPOE)
                        .map(family -> new Objectives(family, SmallSettings.vae(family, 8))),
                Arrays.stream(VaeSettings.Bound.values())
                        .map(bound ->
                                new Objectives(Family.MMVAE, SmallSettings.bounded(bound, 3))));
    }

    static Stream<Objectives> mixtures() {
        return objectives().filter(one -> Set.of(Family.MMVAE, Family.MOPOE).contains(one.family));
    }

    record Objectives(Family family, VaeSettings settings) {
        @Override
        public String toString() {
            return family + " by " + settings.bound();
        }
    }

    @ParameterizedTest
    @MethodSource("objectives")
    void whatEveryExampleLacksIsAsIfTheModelHadNone(Objectives chosen) {
        ExampleLosses three = losses(chosen, SmallTriples.PARTIAL);
        ExampleLosses two = losses(chosen, SmallPairs.CLEAN);
        Map<String, float[]> shared = new HashMap<>(three.plan().model().parameters().snapshot());
        shared.keySet().retainAll(two.plan().model().parameters().names());
        two.plan().model().parameters().restore(shared);

        Loss partial = three.of(STILL, 3);
        Loss whole = two.of(STILL, 3);

        double subset = partial.total().getFloat();
        if (chosen.family() == Family.MVAE) {
            subset -= bound(whole, VaeSettings.JOINT);
        }
        assertThat(subset).isCloseTo(whole.total().getFloat(), within(2e-3));
        assertThat(Math.abs(whole.total().getFloat())).isGreaterThan(10);
    }

    /// Terms of DMVAE, and of MVAE's single modalities, are means over the examples that have them.
    @ParameterizedTest
    @MethodSource("mixtures")
    void aMixturesLossIsTheMeanOfItsExamplesLosses(Objectives chosen) {
        ExampleLosses losses = losses(chosen, SmallTriples.PARTIAL);
        double sum = 0;
        for (int i = 0; i < 4; i++) {
            sum += losses.of(STILL, i).total().getFloat();
        }

        assertThat((double) losses.of(STILL, 0, 1, 2, 3).total().getFloat())
                .isCloseTo(sum / 4, within(2e-3));
    }

    @ParameterizedTest
    @MethodSource("objectives")
    void whatStandsInAnAbsentPlaceIsOfNoMatter(Objectives chosen) {
        ExampleLosses losses = losses(chosen, SmallTriples.PARTIAL);
        Map<String, float[][]> junk = new HashMap<>(losses.data().values());
        junk.replaceAll((modality, rows) -> {
            boolean[] present = losses.data().presences().get(modality);
            float[][] changed = rows.clone();
            for (int i = 0; i < rows.length; i++) {
                if (present != null && !present[i]) {
                    changed[i] = new float[rows[i].length];
                    Arrays.fill(changed[i], 7);
                }
            }
            return changed;
        });
        ExampleLosses other =
                new ExampleLosses(
                        losses.plan(), new TrainingData(junk, losses.data().presences()), manager);

        assertThat((double) other.of(STILL, 0, 1, 2, 3).total().getFloat())
                .isCloseTo(losses.of(STILL, 0, 1, 2, 3).total().getFloat(), within(2e-3));
    }

    @ParameterizedTest
    @EnumSource(names = {"DMVAE", "MVAE", "MMVAE", "MOPOE"})
    void everyWeightHasAFiniteGradientWhereModalitiesAreAbsent(Family family) {
        ExampleLosses losses =
                losses(new Objectives(family, SmallSettings.vae(family, 8)), SmallTriples.PARTIAL);
        Parameters parameters = losses.plan().model().parameters();
        parameters.track(_ -> true);

        try (var tape = Engine.getInstance().newGradientCollector()) {
            tape.backward(losses.of(new Noiseless(0b101), 0, 1, 2, 3).total());
        }

        for (String name : parameters.names()) {
            double squares = 0;
            for (float entry : parameters.get(name).getGradient().toFloatArray()) {
                squares += entry * entry;
            }
            assertThat(squares).as(name).isFinite().isPositive();
        }
    }

    /// The loss of one of MVAE's bounds.
    private static double bound(Loss loss, String name) {
        return loss.terms().entrySet().stream()
                .mapToDouble(term -> {
                    double value = term.getValue().getFloat();
                    if (term.getKey().startsWith(name + "->")) {
                        return -value;
                    }
                    return term.getKey().startsWith("kl." + name) ? value : 0;
                })
                .sum();
    }

    private ExampleLosses losses(Objectives chosen, MultimodalDataset dataset) {
        return ExampleLosses.of(chosen.family(), chosen.settings(), dataset, manager);
    }
}
