package dev.gimbal.family;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class AlignmentTest {
    private static final Alignment STRETCH =
            new Alignment(
                    new float[][] {{2, 0}, {0, 4}},
                    new float[][] {{.5f, 0}, {0, .25f}},
                    new float[] {1, -1});
    private static final Alignment SWAP =
            new Alignment(
                    new float[][] {{0, 1}, {1, 0}},
                    new float[][] {{0, 1}, {1, 0}},
                    new float[] {2, 8});

    @Test
    void oneAfterTheOtherIsTheirComposition() {
        Alignment both = STRETCH.then(SWAP);
        // z = (3, 5): stretched (4, 24), then less (2, 8) and swapped (16, 2)
        assertThat(both.unmixing()).isDeepEqualTo(new float[][] {{0, 4}, {2, 0}});
        assertThat(both.mean()).containsExactly(2, 1);
        assertThat(4 * (5 - both.mean()[1])).isEqualTo(16);
        assertThat(2 * (3 - both.mean()[0])).isEqualTo(2);
    }

    @Test
    void identityChangesNothing() {
        assertThat(Alignment.identity(2).then(STRETCH).unmixing())
                .isDeepEqualTo(STRETCH.unmixing());
        assertThat(STRETCH.then(Alignment.identity(2)).mean()).isEqualTo(STRETCH.mean());
    }

    @Test
    void matricesThatAreNoInversesAreRefused() {
        float[][] eye = {{1, 0}, {0, 1}};
        float[][] other = {{1, 0}, {0, 2}};
        assertThatThrownBy(() -> new Alignment(eye, other, new float[2]))
                .hasMessageContaining("inverse");
        assertThatThrownBy(() -> new Alignment(eye, eye, new float[3]))
                .hasMessageContaining("3 x 3");
    }
}
