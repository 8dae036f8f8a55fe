package dev.gimbal.metric;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import java.util.stream.IntStream;

/// Regression by gradient boosting (Friedman 2001) with the usual settings: 100 trees of depth 3,
/// each a tenth of the way to what the others leave unexplained.
///
/// The target is standardised inside, so that nothing depends on its unit.
final class GradientBoostedTrees {
    private static final int TREES = 100;
    private static final double RATE = 0.1;

    private final double mean;
    private final double deviation;
    private final List<RegressionTree> trees;
    private final double[] importance;

    private GradientBoostedTrees(
            double mean, double deviation, List<RegressionTree> trees, double[] importance) {
        this.mean = mean;
        this.deviation = deviation;
        this.trees = trees;
        this.importance = importance;
    }

    /// Fits a target; trees of a target that does not vary predict its value.
    ///
    /// @param codes `[sample][feature]`, finite
    /// @param target `[sample]`
    /// @param seed of the order in which features are tried, so that equal ones share the
    ///   importance
    static GradientBoostedTrees fit(float[][] codes, double[] target, long seed) {
        double mean = Arrays.stream(target).average().orElseThrow();
        double variance =
                Arrays.stream(target).map(t -> (t - mean) * (t - mean)).average().orElseThrow();
        double deviation = variance > 0 ? Math.sqrt(variance) : 1;
        double[] residual = Arrays.stream(target).map(t -> (t - mean) / deviation).toArray();
        RandomGenerator random = RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
        TreeGrower grower = new TreeGrower(codes);
        List<RegressionTree> trees = new ArrayList<>();
        for (int t = 0; t < TREES; t++) {
            RegressionTree tree = grower.grow(residual, order(codes[0].length, random));
            trees.add(tree);
            for (int i = 0; i < residual.length; i++) {
                residual[i] -= RATE * tree.predict(codes[i]);
            }
        }
        return new GradientBoostedTrees(mean, deviation, trees, normalised(grower.gains()));
    }

    double predict(float[] code) {
        double sum = trees.stream().mapToDouble(tree -> tree.predict(code)).sum();
        return mean + deviation * RATE * sum;
    }

    /// The share of each feature in the lowering of the squared error (impurity importance); adds
    /// up to 1, or is all 0 when nothing was explained.
    double[] importance() {
        return importance.clone();
    }

    private static int[] order(int features, RandomGenerator random) {
        double[] keys = random.doubles(features).toArray();
        return IntStream.range(0, features)
                .boxed()
                .sorted((a, b) -> Double.compare(keys[a], keys[b]))
                .mapToInt(Integer::intValue)
                .toArray();
    }

    private static double[] normalised(double[] gains) {
        double total = Arrays.stream(gains).sum();
        return Arrays.stream(gains).map(gain -> total > 0 ? gain / total : 0).toArray();
    }
}
