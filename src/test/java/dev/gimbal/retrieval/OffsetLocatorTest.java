package dev.gimbal.retrieval;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.gimbal.family.Locus;
import dev.gimbal.family.Similarity;
import java.util.List;
import org.junit.jupiter.api.Test;

class OffsetLocatorTest {
    private static final float[] OWN = {0.6f, 0.8000001f, 1e-7f};
    private static final Anchor.Locator DOUBLING =
            points ->
                    points.stream()
                            .map(z ->
                                    new Locus(
                                            new float[] {z[0] * 3, z[0] * .7f, z[0]},
                                            Similarity.NEGATIVE_SQUARED_L2,
                                            1,
                                            0))
                            .toList();
    private static final float[] Z = {0.123f};
    private static final OffsetLocator LOCATOR =
            new OffsetLocator(DOUBLING, DOUBLING.locate(List.of(Z)).getFirst(), OWN);

    @Test
    void atRestThePointIsTheQuerysOwnEmbeddingToTheBit() {
        assertThat(LOCATOR.locate(List.of(Z)).getFirst().point()).containsExactly(OWN);
    }

    @Test
    void aTurnedKnobAddsTheDecodersDifferenceAndNormalises() {
        float[] point = LOCATOR.locate(List.of(new float[] {1.123f})).getFirst().point();
        double length = Math.sqrt(3.6 * 3.6 + 1.5 * 1.5 + 1);

        assertThat(point[0]).isCloseTo((float) (3.6 / length), within(1e-6f));
        assertThat(point[2]).isCloseTo((float) (1 / length), within(1e-6f));
    }
}
