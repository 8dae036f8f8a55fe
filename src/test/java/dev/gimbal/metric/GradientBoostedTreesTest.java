package dev.gimbal.metric;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

class GradientBoostedTreesTest {

    private static float[][] codes(int n, int d) {
        Random random = new Random(5);
        float[][] codes = new float[n][d];
        for (float[] code : codes) {
            for (int j = 0; j < d; j++) {
                code[j] = (float) random.nextGaussian();
            }
        }
        return codes;
    }

    @Test
    void oneStepIsFoundAndShrunkTowardsByEachTree() {
        float[][] codes = {{0, 5}, {1, 5}, {2, 5}, {3, 5}};
        GradientBoostedTrees trees =
                GradientBoostedTrees.fit(codes, new double[] {-4, -4, 4, 4}, 1);
        double left = 1 - Math.pow(.9, 100);
        assertThat(trees.predict(new float[] {.5f, 0})).isCloseTo(-4 * left, within(1e-9));
        assertThat(trees.predict(new float[] {9, 0})).isCloseTo(4 * left, within(1e-9));
        assertThat(trees.importance()).containsExactly(1, 0);
    }

    @Test
    void importanceFollowsTheVarianceThatEachCodeExplains() {
        float[][] codes = codes(2_000, 3);
        double[] target = Arrays.stream(codes).mapToDouble(c -> 3 * c[0] + c[1]).toArray();
        double[] importance = GradientBoostedTrees.fit(codes, target, 1).importance();
        assertThat(importance[0]).isCloseTo(.9, within(.03));
        assertThat(importance[1]).isCloseTo(.1, within(.03));
        assertThat(importance[2]).isLessThan(.005);
        assertThat(Arrays.stream(importance).sum()).isCloseTo(1, within(1e-12));
    }

    @Test
    void equalCodesShareTheImportance() {
        float[][] codes = codes(500, 2);
        for (float[] code : codes) {
            code[1] = code[0];
        }
        double[] target = Arrays.stream(codes).mapToDouble(c -> c[0]).toArray();
        double[] importance = GradientBoostedTrees.fit(codes, target, 1).importance();
        assertThat(importance[0]).isBetween(.2, .8);
    }

    @Test
    void interactionsOfTwoCodesAreLearnt() {
        float[][] codes = codes(2_000, 2);
        double[] target = Arrays.stream(codes).mapToDouble(c -> c[0] * c[1] > 0 ? 1 : 0).toArray();
        GradientBoostedTrees trees = GradientBoostedTrees.fit(codes, target, 1);
        assertThat(trees.predict(new float[] {1, 1})).isGreaterThan(.85);
        assertThat(trees.predict(new float[] {1, -1})).isLessThan(.15);
    }

    @Test
    void aTargetThatDoesNotVaryIsPredictedWithoutAnyCode() {
        double[] target = new double[50];
        Arrays.fill(target, 7);
        GradientBoostedTrees trees = GradientBoostedTrees.fit(codes(50, 2), target, 1);
        assertThat(trees.predict(new float[2])).isEqualTo(7);
        assertThat(trees.importance()).containsExactly(0, 0);
    }
}
