package dev.gimbal.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDManager;
import dev.gimbal.family.Family;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// Examples 0 and 4 are whole; 1, 2 and 3 lack x1, x2 and x3, of which the matching loss takes the
/// first two.
class MatchingObjectiveTest {
    private static final Noiseless STILL = new Noiseless(1);

    @AutoClose private final NDManager manager = NDManager.newBaseManager();

    @ParameterizedTest
    @EnumSource(names = {"DMVAE", "MVAE", "MMVAE", "MOPOE"})
    void onlyExamplesThatHaveBothModalitiesAreMatched(Family family) {
        ExampleLosses losses = losses(family);

        float matched = term(losses, 0, 3, 4);

        assertThat(term(losses, 0, 1, 2, 3, 4)).isCloseTo(matched, within(1e-5f));
        assertThat(term(losses, 1, 0, 3, 2, 4)).isCloseTo(matched, within(1e-5f));
        assertThat(matched).isNotCloseTo(term(losses, 0, 4), within(1e-4f));
    }

    @Test
    void aBatchWithoutAnyPairMatchesNothing() {
        assertThat(term(losses(Family.DMVAE), 1, 2)).isZero();
    }

    @Test
    void itsGradientReachesBothEncodersThroughTheRowsThatArePicked() {
        ExampleLosses losses = losses(Family.DMVAE);
        var parameters = losses.plan().model().parameters();
        parameters.track(_ -> true);

        try (var tape = Engine.getInstance().newGradientCollector()) {
            tape.backward(losses.of(STILL, 0, 1, 2, 4).terms().get("matching"));
        }

        for (String name : parameters.names()) {
            double squares = 0;
            for (float entry : parameters.get(name).getGradient().toFloatArray()) {
                squares += entry * entry;
            }
            boolean matched = name.startsWith("encoder.x1") || name.startsWith("encoder.x2");
            assertThat(squares > 0).as(name).isEqualTo(matched);
        }
    }

    private static float term(ExampleLosses losses, int... positions) {
        var matching = losses.of(STILL, positions).terms().get("matching");
        return java.util.Objects.requireNonNull(matching).getFloat();
    }

    private ExampleLosses losses(Family family) {
        return ExampleLosses.of(
                family,
                SmallSettings.matching(SmallSettings.vae(family, 8)),
                SmallTriples.PARTIAL,
                manager);
    }
}
