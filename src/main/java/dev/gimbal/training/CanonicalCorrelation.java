package dev.gimbal.training;

import java.util.Objects;
import org.ejml.simple.SimpleEVD;
import org.ejml.simple.SimpleMatrix;
import org.ejml.simple.SimpleSVD;

/// Canonical correlation analysis (Hotelling 1936) with a ridge on each side (Vinod 1976): the
/// directions of x and of y whose coordinates correlate most.
///
/// With covariances `E diag(l) E'` of each side, `W = E diag(l + ridge mean(l))^(-1/2)`, and the
/// singular values `U diag(r) V' = Wx' Cov(x, y) Wy`, the directions are `Wx U` and `Wy V`, the
/// correlations r.
///
/// @param x directions of x, strongest first
/// @param y directions of y
/// @param correlations r, shrunk by the ridges, in [0, 1]
record CanonicalCorrelation(Side x, Side y, double[] correlations) {
    private static final double LEAST = 1e-9;

    /// One of the two.
    ///
    /// @param mean of its rows, `[1, entries]`
    /// @param directions `[entries, directions]`
    record Side(SimpleMatrix mean, SimpleMatrix directions) {

        /// Canonical coordinates, `[rows, directions]`.
        SimpleMatrix of(SimpleMatrix rows) {
            return centred(rows, mean).mult(directions);
        }
    }

    /// The analysis of paired rows.
    ///
    /// @param x `[pair, entries]`
    /// @param y `[pair, entries]`
    /// @param ridgeX in units of the mean variance of the directions that vary; 0 for none
    /// @param ridgeY the same for y
    /// @throws IllegalArgumentException when these are no pairs, a side does not vary, or values
    ///   are not finite
    static CanonicalCorrelation fit(SimpleMatrix x, SimpleMatrix y, double ridgeX, double ridgeY) {
        int n = x.getNumRows();
        if (n < 2 || y.getNumRows() != n) {
            throw new IllegalArgumentException(
                    "%d rows and %d rows are no pairs".formatted(n, y.getNumRows()));
        }
        SimpleMatrix meanX = mean(x);
        SimpleMatrix meanY = mean(y);
        SimpleMatrix centredX = centred(x, meanX);
        SimpleMatrix centredY = centred(y, meanY);
        SimpleMatrix whitenX = whitening(centredX, ridgeX);
        SimpleMatrix whitenY = whitening(centredY, ridgeY);
        SimpleMatrix cross =
                whitenX.transpose()
                        .mult(centredX.transpose().mult(centredY))
                        .mult(whitenY)
                        .divide(n);
        SimpleSVD<SimpleMatrix> svd = cross.svd(true);
        int k = Math.min(cross.getNumRows(), cross.getNumCols());
        double[] correlations = new double[k];
        for (int i = 0; i < k; i++) {
            correlations[i] = Math.clamp(svd.getSingleValue(i), 0, 1);
        }
        return new CanonicalCorrelation(
                new Side(meanX, whitenX.mult(svd.getU().cols(0, k))),
                new Side(meanY, whitenY.mult(svd.getV().cols(0, k))),
                correlations);
    }

    /// `E diag(l + ridge mean(l))^(-1/2)` of the directions that vary.
    private static SimpleMatrix whitening(SimpleMatrix centred, double ridge) {
        SimpleMatrix covariance = centred.transpose().mult(centred).divide(centred.getNumRows());
        if (covariance.hasUncountable()) {
            throw new IllegalArgumentException("rows are not finite");
        }
        SimpleEVD<SimpleMatrix> eigen = covariance.eig();
        double[] variances =
                eigen.getEigenvalues().stream().mapToDouble(value -> value.getReal()).toArray();
        double least = LEAST * java.util.Arrays.stream(variances).max().orElse(0);
        int[] varying =
                java.util.stream.IntStream.range(0, variances.length)
                        .filter(i -> variances[i] > least)
                        .toArray();
        if (varying.length == 0) {
            throw new IllegalArgumentException("one side of the pairs does not vary");
        }
        double mean =
                java.util.Arrays.stream(varying).mapToDouble(i -> variances[i]).average().orElse(0);
        SimpleMatrix whitening = new SimpleMatrix(covariance.getNumRows(), varying.length);
        for (int column = 0; column < varying.length; column++) {
            int i = varying[column];
            whitening.setColumn(
                    column,
                    Objects.requireNonNull(eigen.getEigenVector(i))
                            .divide(Math.sqrt(variances[i] + ridge * mean)));
        }
        return whitening;
    }

    private static SimpleMatrix mean(SimpleMatrix rows) {
        SimpleMatrix ones = SimpleMatrix.ones(1, rows.getNumRows());
        return ones.mult(rows).divide(rows.getNumRows());
    }

    private static SimpleMatrix centred(SimpleMatrix rows, SimpleMatrix mean) {
        return rows.minus(SimpleMatrix.ones(rows.getNumRows(), 1).mult(mean));
    }
}
