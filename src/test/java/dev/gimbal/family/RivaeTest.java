package dev.gimbal.family;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import dev.gimbal.distribution.DiagonalGaussian;
import java.util.Arrays;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

class RivaeTest {
    @AutoClose private final NDManager manager = NDManager.newBaseManager();

    private final Rivae model = (Rivae) Models.paired(Family.RIVAE, manager, 3);

    @Test
    void noAlignmentChangesRetrievalFromTheMean() {
        float[] raw = model.locateMean(queries()).points().toFloatArray();

        model.align(alignment());

        assertThat(model.locateMean(queries()).points().toFloatArray())
                .containsExactly(raw, within(1e-5f));
    }

    @Test
    void alignedMeansAreTheAffineChangeOfRawOnes() {
        float[] raw = model.inferEmbedded(v1()).mean().get(0).toFloatArray();

        model.align(alignment());

        // z' = W (z - m) with W = [[0, 2], [-1, 0]], m = (1, -1)
        float[] expected = {2 * (raw[1] + 1), -(raw[0] - 1)};
        assertThat(model.inferEmbedded(v1()).mean().get(0).toFloatArray())
                .containsExactly(expected, within(1e-5f));
    }

    @Test
    void alignedVariancesAreTheDiagonalOfTheirCovariance() {
        float[] raw = model.inferEmbedded(v1()).logVariance().get(0).toFloatArray();

        model.align(alignment());

        float[] expected = {(float) (raw[1] + Math.log(4)), raw[0]};
        assertThat(model.inferEmbedded(v1()).logVariance().get(0).toFloatArray())
                .containsExactly(expected, within(1e-4f));
    }

    @Test
    void rawDeviationsStayWithinTheirBounds() {
        DiagonalGaussian prior = model.prior(v1(), 0.02, 0.5);
        DiagonalGaussian narrow = model.prior(v1(), 0.1, 0.1);

        for (float logVariance : prior.logVariance().toFloatArray()) {
            assertThat(Math.exp(logVariance / 2)).isBetween(0.02, 0.5);
        }
        for (float logVariance : narrow.logVariance().toFloatArray()) {
            assertThat(Math.exp(logVariance / 2)).isCloseTo(0.1, within(1e-4));
        }
    }

    @Test
    void theScoreIsTheGaussianLogLikelihood() {
        NDArray z = manager.create(new float[][] {{0.3f, -0.2f}});
        NDArray v2 = model.embed("x2", manager.arange(5f).reshape(1, Models.TARGET_SIZE));
        DiagonalGaussian likelihood =
                new DiagonalGaussian(
                        model.decode(z, 0.5).points(), v2.zerosLike().add((float) Math.log(0.25)));

        float score = model.locate("x2", z).pairwise(v2).getFloat(0);

        assertThat(score).isCloseTo(likelihood.logDensity(v2).getFloat(0), within(1e-4f));
    }

    @Test
    void theAlignmentIsReadBackAsItWasSet() {
        model.align(alignment());

        assertThat(Arrays.deepEquals(model.alignment().unmixing(), alignment().unmixing()))
                .isTrue();
        assertThat(Arrays.deepEquals(model.alignment().mixing(), alignment().mixing())).isTrue();
        assertThat(model.alignment().mean()).containsExactly(alignment().mean());
    }

    private static Alignment alignment() {
        return new Alignment(
                new float[][] {{0, 2}, {-1, 0}},
                new float[][] {{0, -1}, {0.5f, 0}},
                new float[] {1, -1});
    }

    private NDArray v1() {
        return model.embed("x1", queries());
    }

    private NDArray queries() {
        return manager.arange(3f * Models.QUERY_SIZE).reshape(3, Models.QUERY_SIZE).sin();
    }
}
