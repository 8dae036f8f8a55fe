package dev.gimbal.training;

import dev.gimbal.family.Alignment;
import java.util.Objects;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import org.ejml.simple.SimpleEVD;
import org.ejml.simple.SimpleMatrix;
import org.ejml.simple.SimpleSVD;

/// Independent component analysis by the fixed point of kurtosis (Hyvarinen and Oja 1997, with
/// symmetric decorrelation): finds `z' = W (z - m)` with uncorrelated, unit-variance coordinates as
/// far from Gaussian as they get.
///
/// Label-free: it names the axes only as far as factors are independent and not Gaussian.
public final class FastIca {
    private static final int RESTARTS = 10;
    private static final int ITERATIONS = 300;
    private static final double CONVERGED = 1e-9;
    private static final double LEAST_VARIANCE = 1e-10;

    /// What was found.
    ///
    /// @param alignment `z' = W (z - m)`
    /// @param subGaussianity minus the sum of the sources' excess kurtoses: 1.2 for each uniform
    ///   source, 0 for Gaussian ones; a measure, without labels, of how cleanly the chart shows
    ///   independent factors of bounded range
    public record Components(Alignment alignment, double subGaussianity) {}

    private FastIca() {}

    /// The unmixing of these samples; the best of several restarts by the sum of absolute excess
    /// kurtoses. Axes are ordered by their strongest input coordinate, which also gets a positive
    /// sign.
    ///
    /// @param samples `[sample][latent]`, more samples than coordinates
    /// @throws IllegalArgumentException when there are too few, or a direction does not vary
    public static Components fit(float[][] samples, long seed) {
        int n = samples.length;
        int d = n == 0 ? 0 : samples[0].length;
        if (n <= d) {
            throw new IllegalArgumentException(
                    "independent components of "
                            + d
                            + " coordinates need more than "
                            + n
                            + " samples");
        }
        double[] mean = mean(samples, d);
        SimpleMatrix centred = new SimpleMatrix(n, d);
        for (int i = 0; i < n; i++) {
            for (int j = 0; j < d; j++) {
                centred.set(i, j, samples[i][j] - mean[j]);
            }
        }
        SimpleMatrix whitening = whitening(centred);
        SimpleMatrix white = centred.mult(whitening.transpose());
        RandomGenerator random = RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
        SimpleMatrix best = null;
        double bestContrast = Double.NEGATIVE_INFINITY;
        for (int restart = 0; restart < RESTARTS; restart++) {
            SimpleMatrix rotation = fixedPoint(white, orthogonal(start(d, random)));
            double contrast = excessKurtosis(white.mult(rotation.transpose()), true);
            if (contrast > bestContrast) {
                bestContrast = contrast;
                best = rotation;
            }
        }
        if (best == null) {
            throw new IllegalArgumentException("samples are not finite");
        }
        SimpleMatrix unmixing = canonical(best.mult(whitening));
        return new Components(
                new Alignment(floats(unmixing), floats(unmixing.invert()), floats(mean)),
                -excessKurtosis(white.mult(best.transpose()), false));
    }

    private static double[] mean(float[][] samples, int d) {
        double[] mean = new double[d];
        for (float[] sample : samples) {
            for (int j = 0; j < d; j++) {
                mean[j] += sample[j] / (double) samples.length;
            }
        }
        return mean;
    }

    /// `diag(1 / sqrt(lambda)) E'` of the covariance `E diag(lambda) E'`.
    private static SimpleMatrix whitening(SimpleMatrix centred) {
        int d = centred.getNumCols();
        SimpleMatrix covariance =
                centred.transpose().mult(centred).divide(centred.getNumRows() - 1.0);
        SimpleEVD<SimpleMatrix> eigen = covariance.eig();
        SimpleMatrix whitening = new SimpleMatrix(d, d);
        for (int j = 0; j < d; j++) {
            double variance = eigen.getEigenvalue(j).getReal();
            if (!(variance > LEAST_VARIANCE)) {
                throw new IllegalArgumentException(
                        "the samples do not vary in one direction (variance " + variance + ")");
            }
            SimpleMatrix vector = Objects.requireNonNull(eigen.getEigenVector(j));
            for (int i = 0; i < d; i++) {
                whitening.set(j, i, vector.get(i) / Math.sqrt(variance));
            }
        }
        return whitening;
    }

    private static SimpleMatrix start(int d, RandomGenerator random) {
        SimpleMatrix start = new SimpleMatrix(d, d);
        for (int i = 0; i < d * d; i++) {
            start.set(i, random.nextGaussian());
        }
        return start;
    }

    /// Rows `w <- E[(w.y)^3 y] - 3 w`, decorrelated together, until they no longer turn.
    private static SimpleMatrix fixedPoint(SimpleMatrix white, SimpleMatrix start) {
        SimpleMatrix rotation = start;
        for (int iteration = 0; iteration < ITERATIONS; iteration++) {
            SimpleMatrix sources = white.mult(rotation.transpose());
            SimpleMatrix cubes = sources.elementPower(3);
            SimpleMatrix next =
                    orthogonal(
                            cubes.transpose()
                                    .mult(white)
                                    .divide(white.getNumRows())
                                    .minus(rotation.scale(3)));
            double turned = 0;
            SimpleMatrix overlap = next.elementMult(rotation);
            for (int i = 0; i < overlap.getNumRows(); i++) {
                double cosine = overlap.extractVector(true, i).elementSum();
                turned = Math.max(turned, Math.abs(Math.abs(cosine) - 1));
            }
            rotation = next;
            if (turned < CONVERGED) {
                break;
            }
        }
        return rotation;
    }

    /// The nearest orthogonal matrix.
    private static SimpleMatrix orthogonal(SimpleMatrix matrix) {
        SimpleSVD<SimpleMatrix> svd = matrix.svd();
        return svd.getU().mult(svd.getV().transpose());
    }

    private static double excessKurtosis(SimpleMatrix sources, boolean absolute) {
        double sum = 0;
        for (int j = 0; j < sources.getNumCols(); j++) {
            SimpleMatrix column = sources.extractVector(false, j);
            double excess = column.elementPower(4).elementSum() / column.getNumElements() - 3;
            sum += absolute ? Math.abs(excess) : excess;
        }
        return sum;
    }

    /// Greedy assignment of output axes to input coordinates, so that the order and signs do not
    /// depend on the restarts.
    private static SimpleMatrix canonical(SimpleMatrix unmixing) {
        int d = unmixing.getNumRows();
        SimpleMatrix ordered = new SimpleMatrix(d, d);
        boolean[] rowTaken = new boolean[d];
        boolean[] columnTaken = new boolean[d];
        for (int turn = 0; turn < d; turn++) {
            int row = -1;
            int column = -1;
            double largest = -1;
            for (int i = 0; i < d; i++) {
                double norm = unmixing.extractVector(true, i).normF();
                for (int j = 0; j < d; j++) {
                    double share = Math.abs(unmixing.get(i, j)) / norm;
                    if (!rowTaken[i] && !columnTaken[j] && share > largest) {
                        largest = share;
                        row = i;
                        column = j;
                    }
                }
            }
            rowTaken[row] = true;
            columnTaken[column] = true;
            double sign = Math.signum(unmixing.get(row, column));
            for (int j = 0; j < d; j++) {
                ordered.set(column, j, sign * unmixing.get(row, j));
            }
        }
        return ordered;
    }

    private static float[][] floats(SimpleMatrix matrix) {
        float[][] rows = new float[matrix.getNumRows()][matrix.getNumCols()];
        for (int i = 0; i < rows.length; i++) {
            for (int j = 0; j < rows[i].length; j++) {
                rows[i][j] = (float) matrix.get(i, j);
            }
        }
        return rows;
    }

    private static float[] floats(double[] vector) {
        float[] floats = new float[vector.length];
        for (int i = 0; i < floats.length; i++) {
            floats[i] = (float) vector[i];
        }
        return floats;
    }
}
