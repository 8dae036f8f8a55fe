package dev.gimbal.metric;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

/// [RankOne] and [AveragePrecisionAtK] over features in the plane: class 3 lies to the right, class
/// 7 upwards.
class ClassAveragedTextTest {
    private static final float[][] TEXTS = {{2, 1}, {2, -1}, {1, 5}, {-1, 5}};
    private static final int[] TEXT_CLASSES = {3, 3, 7, 7};

    @Test
    void classesAreAveragedBeforeTheyAreCompared() {
        ClassMeans means = ClassMeans.of(TEXTS, TEXT_CLASSES);

        assertThat(means.classes()).containsExactly(3, 7);
        assertThat(means.means()).isDeepEqualTo(new float[][] {{2, 0}, {0, 5}});
    }

    @Test
    void rankOneIsTheShareOfImagesNearestToTheirOwnClass() {
        float[][] images = {{1, .5f}, {.5f, 1}, {9, 8}};

        assertThat(RankOne.of(images, new int[] {3, 7, 3}, TEXTS, TEXT_CLASSES)).isEqualTo(1);
        assertThat(RankOne.of(images, new int[] {3, 7, 7}, TEXTS, TEXT_CLASSES)).isEqualTo(2 / 3.0);
    }

    @Test
    void anImageBetweenTwoClassesCountsAgainstTheModel() {
        float[][] between = {{1, 1}};

        assertThat(RankOne.of(between, new int[] {3}, TEXTS, TEXT_CLASSES)).isZero();
        assertThat(RankOne.of(between, new int[] {7}, TEXTS, TEXT_CLASSES)).isZero();
        assertThat(RankOne.of(new float[1][2], new int[] {7}, TEXTS, TEXT_CLASSES)).isZero();
    }

    @Test
    void averagePrecisionLooksAtEachClasssFirstImages() {
        float[][] images = {{5, 1}, {1, 0}, {0, 2}, {1, 9}};

        assertThat(AveragePrecisionAtK.of(TEXTS, TEXT_CLASSES, images, new int[] {3, 3, 7, 7}, 2))
                .isEqualTo(1);
        // of class 7's first two images one is of class 3, and the other way round
        assertThat(AveragePrecisionAtK.of(TEXTS, TEXT_CLASSES, images, new int[] {3, 7, 3, 7}, 2))
                .isEqualTo(.5);
    }

    @Test
    void cosinesLeaveLengthsAside() {
        float[][] scores =
                CosineScores.of(new float[][] {{3, 4}}, new float[][] {{30, 40}, {-4, 3}});

        assertThat(scores).isDeepEqualTo(new float[][] {{1, 0}});
    }

    @Test
    void anImageWhoseClassHasNoTextIsRefused() {
        assertThatThrownBy(() -> RankOne.of(new float[1][2], new int[] {4}, TEXTS, TEXT_CLASSES))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("class 4");
    }
}
