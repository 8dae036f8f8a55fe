package dev.gimbal.metric;

import java.util.Arrays;
import java.util.Comparator;
import java.util.stream.IntStream;

/// Grows [RegressionTree]s on one set of codes, level by level, over entries sorted once.
final class TreeGrower {
    private static final int DEPTH = 3;
    private static final int NODES = (1 << (DEPTH + 1)) - 1;
    private static final double LEAST_GAIN = 1e-12;

    private final float[][] codes;
    private final int[][] sorted;
    private final double[] gains;

    /// @param codes `[sample][feature]`
    TreeGrower(float[][] codes) {
        this.codes = codes;
        int features = codes[0].length;
        gains = new double[features];
        sorted = new int[features][];
        for (int f = 0; f < features; f++) {
            int feature = f;
            sorted[f] =
                    IntStream.range(0, codes.length)
                            .boxed()
                            .sorted(Comparator.comparingDouble(i -> codes[i][feature]))
                            .mapToInt(Integer::intValue)
                            .toArray();
        }
    }

    /// How much each feature has lowered the squared error so far, over all trees.
    double[] gains() {
        return gains.clone();
    }

    /// The tree for these targets.
    ///
    /// @param targets `[sample]`
    /// @param order in which features are tried: of two equal splits the first is taken
    RegressionTree grow(double[] targets, int[] order) {
        Growth growth = new Growth(targets);
        for (int level = 0; level < DEPTH; level++) {
            growth.split(order, (1 << level) - 1, (1 << (level + 1)) - 1);
        }
        return growth.tree();
    }

    /// One tree while it grows. A node's sum and count are those of its samples.
    private final class Growth {
        private final double[] targets;
        private final int[] node;
        private final double[] sum = new double[NODES];
        private final int[] count = new int[NODES];
        private final int[] feature = new int[NODES];
        private final double[] threshold = new double[NODES];
        private final double[] gain = new double[NODES];

        Growth(double[] targets) {
            this.targets = targets;
            node = new int[targets.length];
            Arrays.fill(feature, -1);
            sum[0] = Arrays.stream(targets).sum();
            count[0] = targets.length;
        }

        /// Splits the nodes `from..to-1`, which are leaves now.
        void split(int[] order, int from, int to) {
            for (int f : order) {
                sweep(f, from, to);
            }
            for (int n = from; n < to; n++) {
                if (feature[n] >= 0) {
                    gains[feature[n]] += gain[n];
                }
            }
            for (int i = 0; i < node.length; i++) {
                int n = node[i];
                if (n >= from && feature[n] >= 0) {
                    node[i] = 2 * n + (codes[i][feature[n]] <= threshold[n] ? 1 : 2);
                    sum[node[i]] += targets[i];
                    count[node[i]]++;
                }
            }
        }

        /// Finds each node's best threshold on one feature by a single pass in its order.
        private void sweep(int f, int from, int to) {
            double[] left = new double[to];
            int[] seen = new int[to];
            float[] last = new float[to];
            for (int i : sorted[f]) {
                int n = node[i];
                if (n < from) {
                    continue;
                }
                float here = codes[i][f];
                if (seen[n] > 0 && here > last[n]) {
                    offer(n, f, left[n], seen[n], (last[n] + (double) here) / 2);
                }
                left[n] += targets[i];
                seen[n]++;
                last[n] = here;
            }
        }

        private void offer(int n, int f, double left, int seen, double where) {
            double right = sum[n] - left;
            int rest = count[n] - seen;
            double better = left * left / seen + right * right / rest - sum[n] * sum[n] / count[n];
            if (better > gain[n] * (1 + LEAST_GAIN) + LEAST_GAIN) {
                gain[n] = better;
                feature[n] = f;
                threshold[n] = where;
            }
        }

        RegressionTree tree() {
            double[] value = new double[NODES];
            for (int n = 0; n < NODES; n++) {
                value[n] = count[n] == 0 ? 0 : sum[n] / count[n];
            }
            return new RegressionTree(feature, threshold, value);
        }
    }
}
