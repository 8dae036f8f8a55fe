package dev.gimbal.benchmark;

import java.util.Arrays;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import java.util.stream.IntStream;

/// A map of points in the plane that keeps neighbours together (van der Maaten and Hinton 2008),
/// exact: every pair counts, so a thousand points take some seconds and ten thousand are too many.
///
/// `p_ij` is a Gaussian's affinity of two points, each Gaussian as wide as gives the perplexity;
/// `q_ij`, proportional to `1 / (1 + |y_i - y_j|^2)`, is that of their places; `KL(p || q)` is
/// minimised by gradient descent with momentum and gains, `p` exaggerated for the first quarter.
final class TSne {
    private static final int STEPS = 1_000;
    private static final int EXAGGERATED_STEPS = 250;
    private static final double EXAGGERATION = 12;
    private static final double LEAST_GAIN = .01;
    private static final double START = 1e-4;

    private final int n;
    private final double[][] affinity;
    private final double[][] places;
    private final double[][] velocity;
    private final double[][] gains;

    private TSne(double[][] affinity, RandomGenerator random) {
        n = affinity.length;
        this.affinity = affinity;
        places = new double[n][2];
        velocity = new double[n][2];
        gains = new double[n][2];
        for (int i = 0; i < n; i++) {
            Arrays.setAll(places[i], _ -> START * random.nextGaussian());
            Arrays.fill(gains[i], 1);
        }
    }

    /// A place for each point, `[point][2]`, centred at 0. A seed repeats it.
    ///
    /// @param points `[point][feature]`, finite
    /// @param perplexity number of neighbours that matter to a point, below a third of their
    ///   number; 30 is usual
    /// @throws IllegalArgumentException when there are too few points for the perplexity
    static double[][] of(float[][] points, double perplexity, long seed) {
        if (perplexity < 1 || points.length < 3 * perplexity + 1) {
            throw new IllegalArgumentException(
                    "%d points are too few for a perplexity of %s"
                            .formatted(points.length, perplexity));
        }
        TSne map =
                new TSne(
                        affinities(points, perplexity),
                        RandomGeneratorFactory.of("L64X128MixRandom").create(seed));
        for (int step = 0; step < STEPS; step++) {
            map.step(step);
        }
        return map.places;
    }

    /// `p_ij`, symmetric, of sum 1.
    static double[][] affinities(float[][] points, double perplexity) {
        int n = points.length;
        double[][] conditional =
                IntStream.range(0, n)
                        .parallel()
                        .mapToObj(i -> neighbours(squaredDistances(points, i), i, perplexity))
                        .toArray(double[][]::new);
        double[][] joint = new double[n][n];
        for (int i = 0; i < n; i++) {
            for (int j = 0; j < n; j++) {
                joint[i][j] = (conditional[i][j] + conditional[j][i]) / (2.0 * n);
            }
        }
        return joint;
    }

    private static double[] squaredDistances(float[][] points, int i) {
        return Arrays.stream(points)
                .mapToDouble(other -> {
                    double sum = 0;
                    for (int k = 0; k < other.length; k++) {
                        double difference = (double) other[k] - points[i][k];
                        sum += difference * difference;
                    }
                    return sum;
                })
                .toArray();
    }

    /// `p_j|i`: the precision is searched by bisection until the entropy is that of the perplexity.
    private static double[] neighbours(double[] squared, int i, double perplexity) {
        double nearest =
                IntStream.range(0, squared.length)
                        .filter(j -> j != i)
                        .mapToDouble(j -> squared[j])
                        .min()
                        .orElseThrow();
        double low = 0;
        double high = Double.POSITIVE_INFINITY;
        double precision = 1;
        double[] p = new double[squared.length];
        for (int halving = 0; halving < 100; halving++) {
            double sum = 0;
            double weighted = 0;
            for (int j = 0; j < p.length; j++) {
                double away = squared[j] - nearest;
                p[j] = j == i ? 0 : Math.exp(-precision * away);
                sum += p[j];
                weighted += p[j] * away;
            }
            double entropy = Math.log(sum) + precision * weighted / sum;
            double total = sum;
            Arrays.setAll(p, j -> p[j] / total);
            if (Math.abs(entropy - Math.log(perplexity)) < 1e-6) {
                break;
            }
            if (entropy > Math.log(perplexity)) {
                low = precision;
                precision = Double.isInfinite(high) ? 2 * precision : (low + high) / 2;
            } else {
                high = precision;
                precision = (low + high) / 2;
            }
        }
        return p;
    }

    private void step(int step) {
        double exaggeration = step < EXAGGERATED_STEPS ? EXAGGERATION : 1;
        double momentum = step < EXAGGERATED_STEPS ? .5 : .8;
        double rate = Math.max(n / EXAGGERATION, 50);
        double[][] gradient = gradient(exaggeration);
        for (int i = 0; i < n; i++) {
            for (int d = 0; d < 2; d++) {
                boolean turned = gradient[i][d] > 0 == velocity[i][d] > 0;
                gains[i][d] = Math.max(LEAST_GAIN, turned ? gains[i][d] * .8 : gains[i][d] + .2);
                velocity[i][d] = momentum * velocity[i][d] - rate * gains[i][d] * gradient[i][d];
                places[i][d] += velocity[i][d];
            }
        }
        centre();
    }

    /// `4 sum_j (p_ij - q_ij) (y_i - y_j) / (1 + |y_i - y_j|^2)`.
    private double[][] gradient(double exaggeration) {
        double[] near =
                IntStream.range(0, n)
                        .parallel()
                        .mapToDouble(i -> {
                            double sum = 0;
                            for (int j = 0; j < n; j++) {
                                sum += j == i ? 0 : closeness(i, j);
                            }
                            return sum;
                        })
                        .toArray();
        double total = Arrays.stream(near).sum();
        return IntStream.range(0, n)
                .parallel()
                .mapToObj(i -> {
                    double[] force = new double[2];
                    for (int j = 0; j < n; j++) {
                        double close = closeness(i, j);
                        double pull = 4 * (exaggeration * affinity[i][j] - close / total) * close;
                        force[0] += pull * (places[i][0] - places[j][0]);
                        force[1] += pull * (places[i][1] - places[j][1]);
                    }
                    return force;
                })
                .toArray(double[][]::new);
    }

    private double closeness(int i, int j) {
        double across = places[i][0] - places[j][0];
        double down = places[i][1] - places[j][1];
        return 1 / (1 + across * across + down * down);
    }

    private void centre() {
        for (int d = 0; d < 2; d++) {
            int axis = d;
            double mean = Arrays.stream(places).mapToDouble(y -> y[axis]).average().orElseThrow();
            for (double[] place : places) {
                place[axis] -= mean;
            }
        }
    }
}
