package dev.gimbal.metric;

import java.util.Arrays;
import java.util.stream.IntStream;
import org.ejml.simple.SimpleMatrix;

/// The linear classifier `argmax_c w_c . [x, 1]`, by penalised maximum likelihood: the one minimum
/// of `-sum_i log softmax(W [x_i, 1])[y_i] + |W|^2 / 2`, by Newton's method over all examples.
///
/// The penalty is that of the usual libraries' default; for features of deviation 1 it hardly
/// matters beyond a few hundred examples. Costs a minute for 10,000 examples of 64 features and 10
/// classes.
final class LogisticRegression {
    private static final int MOST_STEPS = 100;
    private static final int MOST_HALVINGS = 40;
    private static final double TOLERANCE = 1e-7;

    private final float[][] x;
    private final int[] classes;
    private final int count;
    private final int width;
    private double[] weights;

    private LogisticRegression(float[][] x, int[] classes, int count) {
        this.x = x;
        this.classes = classes;
        this.count = count;
        width = x[0].length + 1;
        weights = new double[count * width];
    }

    /// The classifier of these examples.
    ///
    /// @param x `[example][feature]`, finite, best of deviation 1
    /// @param classes of each, below `count`
    /// @throws IllegalStateException when it does not converge
    static LogisticRegression fit(float[][] x, int[] classes, int count) {
        LogisticRegression model = new LogisticRegression(x, classes, count);
        for (int step = 0; step < MOST_STEPS; step++) {
            double[][] probabilities = model.probabilities();
            double[] gradient = model.gradient(probabilities);
            if (Arrays.stream(gradient).map(Math::abs).max().orElseThrow()
                    <= TOLERANCE * x.length) {
                return model;
            }
            model.descend(gradient, model.hessian(probabilities));
        }
        throw new IllegalStateException("no minimum after " + MOST_STEPS + " steps");
    }

    /// The weights, `[class][feature]` in one row, each class's intercept last.
    double[] weights() {
        return weights;
    }

    /// The class of each example.
    int[] classify(float[][] examples) {
        return Arrays.stream(examples)
                .parallel()
                .mapToInt(row -> {
                    double[] logits = logits(weights, row);
                    return IntStream.range(0, count)
                            .reduce((best, c) -> logits[c] > logits[best] ? c : best)
                            .orElseThrow();
                })
                .toArray();
    }

    private double[] logits(double[] w, float[] row) {
        double[] logits = new double[count];
        for (int c = 0; c < count; c++) {
            int at = c * width;
            double sum = w[at + width - 1];
            for (int j = 0; j < row.length; j++) {
                sum += w[at + j] * row[j];
            }
            logits[c] = sum;
        }
        return logits;
    }

    private double[][] probabilities() {
        return Arrays.stream(x)
                .parallel()
                .map(row -> {
                    double[] p = logits(weights, row);
                    double log = logSumExp(p);
                    for (int c = 0; c < count; c++) {
                        p[c] = Math.exp(p[c] - log);
                    }
                    return p;
                })
                .toArray(double[][]::new);
    }

    private static double logSumExp(double[] logits) {
        return LogMeanExp.of(logits) + Math.log(logits.length);
    }

    private double loss(double[] w) {
        double penalty = 0;
        for (double weight : w) {
            penalty += weight * weight / 2;
        }
        return penalty
                + IntStream.range(0, x.length)
                        .mapToDouble(i -> {
                            double[] logits = logits(w, x[i]);
                            return logSumExp(logits) - logits[classes[i]];
                        })
                        .sum();
    }

    private double[] gradient(double[][] probabilities) {
        double[] gradient = weights.clone();
        for (int i = 0; i < x.length; i++) {
            for (int c = 0; c < count; c++) {
                double residual = probabilities[i][c] - (classes[i] == c ? 1 : 0);
                for (int j = 0; j < width; j++) {
                    gradient[c * width + j] += residual * entry(i, j);
                }
            }
        }
        return gradient;
    }

    private double entry(int example, int feature) {
        return feature == width - 1 ? 1 : x[example][feature];
    }

    /// Blocks `X' diag(p_c (1[c = k] - p_k)) X`, and 1 on the diagonal.
    private SimpleMatrix hessian(double[][] probabilities) {
        SimpleMatrix hessian = SimpleMatrix.identity(weights.length);
        IntStream.range(0, count * count)
                .filter(pair -> pair / count <= pair % count)
                .parallel()
                .mapToObj(pair -> block(probabilities, pair / count, pair % count))
                .forEachOrdered(block -> block.addTo(hessian, width));
        return hessian;
    }

    /// Part of the Hessian, row by row.
    private record Block(int row, int column, double[] entries) {
        void addTo(SimpleMatrix hessian, int width) {
            for (int j = 0; j < width; j++) {
                for (int k = 0; k < width; k++) {
                    int upper = Math.min(j, k) * width + Math.max(j, k);
                    int r = row * width + j;
                    int c = column * width + k;
                    hessian.set(r, c, hessian.get(r, c) + entries[upper]);
                    if (row != column) {
                        hessian.set(c, r, hessian.get(r, c));
                    }
                }
            }
        }
    }

    private Block block(double[][] probabilities, int row, int column) {
        double[] entries = new double[width * width];
        for (int i = 0; i < x.length; i++) {
            double[] p = probabilities[i];
            double weight = p[row] * ((row == column ? 1 : 0) - p[column]);
            for (int j = 0; j < width; j++) {
                double scaled = weight * entry(i, j);
                for (int k = j; k < width; k++) {
                    entries[j * width + k] += scaled * entry(i, k);
                }
            }
        }
        return new Block(row, column, entries);
    }

    /// A Newton step, halved until it goes down.
    private void descend(double[] gradient, SimpleMatrix hessian) {
        SimpleMatrix step = hessian.solve(new SimpleMatrix(gradient));
        double before = loss(weights);
        double size = 1;
        for (int halving = 0; halving < MOST_HALVINGS; halving++) {
            double[] tried = weights.clone();
            for (int i = 0; i < tried.length; i++) {
                tried[i] -= size * step.get(i);
            }
            if (loss(tried) <= before) {
                weights = tried;
                return;
            }
            size /= 2;
        }
        throw new IllegalStateException("no step goes down");
    }
}
