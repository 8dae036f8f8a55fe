package dev.gimbal.preprocessing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDManager;
import dev.gimbal.network.Parameters;
import dev.gimbal.network.Rows;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class PrincipalComponentsTest {
    /// Mean (10, 20); variance 9 along (3, 4) / 5 and 1 along (-4, 3) / 5.
    private static final float[][] CROSS = {
        {10 + 1.8f * 1.4142135f, 20 + 2.4f * 1.4142135f},
        {10 - 1.8f * 1.4142135f, 20 - 2.4f * 1.4142135f},
        {10 - 0.8f * 1.4142135f, 20 + 0.6f * 1.4142135f},
        {10 + 0.8f * 1.4142135f, 20 - 0.6f * 1.4142135f}
    };

    @Test
    void theAxesOfAKnownCovarianceAreFound() {
        PrincipalComponents found = PrincipalComponents.fit(CROSS, 2);

        assertThat(found.mean()).containsExactly(new float[] {10, 20}, within(1e-5f));
        assertThat(found.components()[0]).containsExactly(new float[] {.6f, .8f}, within(1e-5f));
        assertThat(found.components()[1]).containsExactly(new float[] {.8f, -.6f}, within(1e-5f));
        assertThat(found.deviation()).isCloseTo(Math.sqrt(9 + 1), within(1e-5));
    }

    @Test
    void wideRowsGiveTheAxesOfTheirSpan() {
        float[][] wide = new float[4][7];
        for (int i = 0; i < 4; i++) {
            wide[i][2] = CROSS[i][0];
            wide[i][5] = CROSS[i][1];
        }
        PrincipalComponents found = PrincipalComponents.fit(wide, 3);

        assertThat(found.components()[0])
                .containsExactly(new float[] {0, 0, .6f, 0, 0, .8f, 0}, within(1e-5f));
        assertThat(found.components()[2]).containsOnly(0f);
    }

    @Test
    void projectedRowsHaveVarianceOneInAll() {
        Random random = new Random(1);
        float[][] rows = new float[40][6];
        for (float[] row : rows) {
            for (int i = 0; i < row.length; i++) {
                row[i] = 3 + (float) random.nextGaussian() * (i + 1);
            }
        }
        try (NDManager manager = NDManager.newBaseManager();
                Parameters parameters = new Parameters(manager)) {
            PrincipalComponents.initialise(parameters, "p", 6, 6);
            PrincipalComponents.fit(rows, 6).write(parameters, "p");
            float[][] projected =
                    Rows.of(
                            PrincipalComponents.apply(
                                    parameters, "p", Rows.matrix(manager, List.of(rows))));
            double squares = 0;
            for (float[] row : projected) {
                for (float value : row) {
                    squares += value * value;
                }
            }
            assertThat(squares / rows.length).isCloseTo(1, within(1e-4));
        }
    }
}
