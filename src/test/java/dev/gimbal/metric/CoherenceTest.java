package dev.gimbal.metric;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class CoherenceTest {
    private static final int[] CLASSES = {0, 1, 2, 3};

    @Test
    void crossCoherenceIsTheShareThatKeepsItsClass() {
        assertThat(CrossCoherence.of(CLASSES, CLASSES)).isEqualTo(1);
        assertThat(CrossCoherence.of(new int[] {0, 1, 2, 0}, CLASSES)).isEqualTo(.75);
        assertThat(CrossCoherence.of(new int[] {1, 2, 3, 0}, CLASSES)).isZero();
    }

    @Test
    void jointCoherenceIsTheShareOnWhichAllModalitiesAgree() {
        assertThat(JointCoherence.of(CLASSES, CLASSES)).isEqualTo(1);
        assertThat(JointCoherence.of(CLASSES, new int[] {0, 1, 3, 2})).isEqualTo(.5);
        // of the two that the first pair agrees on, the third modality keeps one
        assertThat(JointCoherence.of(CLASSES, new int[] {0, 1, 3, 2}, new int[] {0, 2, 3, 3}))
                .isEqualTo(.25);
    }

    @Test
    void aGeneratorThatAlwaysDrawsTheSameClassIsCoherentOnlyJointly() {
        int[] ones = {1, 1, 1, 1};

        assertThat(JointCoherence.of(ones, ones)).isEqualTo(1);
        assertThat(CrossCoherence.of(ones, CLASSES)).isEqualTo(.25);
    }

    @Test
    void whatCannotBeComparedIsRefused() {
        assertThatThrownBy(() -> Accuracy.of(new int[0], new int[0]))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> CrossCoherence.of(new int[3], CLASSES))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("3");
        assertThatThrownBy(() -> JointCoherence.of(CLASSES))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> JointCoherence.of(CLASSES, new int[3]))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("4 draws");
    }
}
