package dev.gimbal.training;

import dev.gimbal.dataset.BadInputException;
import dev.gimbal.family.Alignment;
import java.util.Objects;
import org.ejml.simple.SimpleEVD;
import org.ejml.simple.SimpleMatrix;

/// The change of coordinates after which samples have mean 0, variance 1 and no correlation: `y = A
/// (z - m)` with `A = diag(1 / sqrt(lambda)) E'` of the covariance `E diag(lambda) E'`.
///
/// @param mean m, `[latent]`
/// @param matrix A, `[latent, latent]`
record Whitening(double[] mean, SimpleMatrix matrix) {
    private static final double LEAST_VARIANCE = 1e-10;

    /// The whitening of these samples.
    ///
    /// @param samples `[sample][latent]`, more samples than coordinates
    /// @throws IllegalArgumentException when there are too few
    /// @throws BadInputException when a direction does not vary
    static Whitening of(float[][] samples) {
        int n = samples.length;
        int d = n == 0 ? 0 : samples[0].length;
        if (n <= d) {
            throw new IllegalArgumentException(
                    "alignment of %d coordinates needs more than %d samples".formatted(d, n));
        }
        double[] mean = mean(samples);
        SimpleMatrix centred = centred(samples, mean);
        SimpleMatrix covariance = centred.transpose().mult(centred).divide(n - 1.0);
        if (covariance.hasUncountable()) {
            throw new IllegalArgumentException("samples are not finite");
        }
        SimpleEVD<SimpleMatrix> eigen = covariance.eig();
        SimpleMatrix matrix = new SimpleMatrix(d, d);
        for (int j = 0; j < d; j++) {
            double variance = eigen.getEigenvalue(j).getReal();
            if (!(variance > LEAST_VARIANCE)) {
                throw new BadInputException(
                        "latent",
                        d,
                        "is more than the data fill: in at least one direction their z do not vary (variance %.3g); set a smaller latent"
                                .formatted(variance));
            }
            SimpleMatrix vector = Objects.requireNonNull(eigen.getEigenVector(j));
            matrix.setRow(j, vector.transpose().divide(Math.sqrt(variance)));
        }
        return new Whitening(mean, matrix);
    }

    /// White coordinates, `[sample, latent]`.
    SimpleMatrix apply(float[][] samples) {
        return centred(samples, mean).mult(matrix.transpose());
    }

    /// `z' = R A (z - m)`.
    ///
    /// @param rotation R, orthogonal
    Alignment then(SimpleMatrix rotation) {
        SimpleMatrix unmixing = rotation.mult(matrix);
        float[] origin = new float[mean.length];
        for (int j = 0; j < origin.length; j++) {
            origin[j] = (float) mean[j];
        }
        return new Alignment(floats(unmixing), floats(unmixing.invert()), origin);
    }

    /// The orthogonal matrix nearest to this one, `U V'` of its `U S V'`.
    static SimpleMatrix orthogonal(SimpleMatrix matrix) {
        var svd = matrix.svd();
        return svd.getU().mult(svd.getV().transpose());
    }

    static double[] mean(float[][] samples) {
        double[] mean = new double[samples[0].length];
        for (float[] sample : samples) {
            for (int j = 0; j < mean.length; j++) {
                mean[j] += sample[j] / (double) samples.length;
            }
        }
        return mean;
    }

    static SimpleMatrix centred(float[][] samples, double[] mean) {
        SimpleMatrix centred = new SimpleMatrix(samples.length, mean.length);
        for (int i = 0; i < samples.length; i++) {
            for (int j = 0; j < mean.length; j++) {
                centred.set(i, j, samples[i][j] - mean[j]);
            }
        }
        return centred;
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
}
