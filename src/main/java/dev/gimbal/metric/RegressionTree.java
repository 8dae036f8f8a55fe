package dev.gimbal.metric;

/// A binary tree that predicts a number from a code by a few thresholds; every split is the one
/// that lowers the squared error most.
///
/// Nodes lie in level order: the children of node i are 2 i + 1 and 2 i + 2.
///
/// @param feature which entry of the code a node looks at; -1 for a leaf
/// @param threshold left when the entry is at most this
/// @param value what a leaf predicts
record RegressionTree(int[] feature, double[] threshold, double[] value) {

    double predict(float[] code) {
        int node = 0;
        while (feature[node] >= 0) {
            node = 2 * node + (code[feature[node]] <= threshold[node] ? 1 : 2);
        }
        return value[node];
    }
}
