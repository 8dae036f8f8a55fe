package dev.gimbal.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import org.ejml.simple.SimpleMatrix;
import org.junit.jupiter.api.Test;

class CanonicalCorrelationTest {
    /// Orthogonal patterns of mean 0 over four pairs.
    private static final double[] A = {1, 1, -1, -1};

    private static final double[] B = {1, -1, 1, -1};
    private static final double[] C = {1, -1, -1, 1};

    private static SimpleMatrix columns(double[]... columns) {
        return new SimpleMatrix(columns).transpose();
    }

    private static double[] mix(double a, double b, double c) {
        double[] mixed = new double[A.length];
        for (int i = 0; i < mixed.length; i++) {
            mixed[i] = a * A[i] + b * B[i] + c * C[i];
        }
        return mixed;
    }

    @Test
    void knownCorrelationsAreFound() {
        // x1 is A, x2 is B; y1 follows A with correlation .8, y2 is constant noise along C
        SimpleMatrix x = columns(mix(5, 0, 0), mix(0, 2, 0));
        SimpleMatrix y = columns(mix(.8, 0, .6), mix(.6, 0, -.8));

        CanonicalCorrelation found = CanonicalCorrelation.fit(x, y, 0, 0);

        assertThat(found.correlations()[0]).isCloseTo(1, within(1e-9));
        assertThat(found.correlations()[1]).isCloseTo(0, within(1e-9));

        CanonicalCorrelation one =
                CanonicalCorrelation.fit(columns(mix(5, 0, 0)), columns(mix(.8, 0, .6)), 0, 0);
        assertThat(one.correlations()[0]).isCloseTo(.8, within(1e-9));
    }

    @Test
    void coordinatesAreUncorrelatedWithVarianceOneAndCorrelateInPairs() {
        Random random = new Random(3);
        SimpleMatrix x = SimpleMatrix.random_DDRM(200, 4, -1, 1, random);
        SimpleMatrix y = x.mult(SimpleMatrix.random_DDRM(4, 3, -1, 1, random));
        y = y.plus(SimpleMatrix.random_DDRM(200, 3, -1, 1, random));

        CanonicalCorrelation found = CanonicalCorrelation.fit(x, y, 0, 0);
        SimpleMatrix u = found.x().of(x);
        SimpleMatrix v = found.y().of(y);

        assertThat(u.transpose().mult(u).divide(200).isIdentical(SimpleMatrix.identity(3), 1e-9))
                .isTrue();
        SimpleMatrix cross = u.transpose().mult(v).divide(200);
        assertThat(cross.isIdentical(SimpleMatrix.diag(found.correlations()), 1e-9)).isTrue();
    }

    @Test
    void aChangeOfUnitsChangesNothing() {
        Random random = new Random(4);
        SimpleMatrix x = SimpleMatrix.random_DDRM(50, 3, -1, 1, random);
        SimpleMatrix y = x.plus(SimpleMatrix.random_DDRM(50, 3, -1, 1, random));
        SimpleMatrix scaled = x.mult(SimpleMatrix.diag(1, 10, 1000));

        assertThat(CanonicalCorrelation.fit(scaled, y, 0, 0).correlations())
                .containsExactly(CanonicalCorrelation.fit(x, y, 0, 0).correlations(), within(1e-8));
    }

    @Test
    void aRidgeOfOneMeanVarianceHalvesTheCorrelationOfOneCoordinate() {
        SimpleMatrix x = columns(A);

        // 1 / sqrt(1 + 1) on each side
        assertThat(CanonicalCorrelation.fit(x, x, 1, 1).correlations()[0])
                .isCloseTo(.5, within(1e-9));
    }

    @Test
    void whatCannotBeAnalysedIsRefused() {
        assertThatThrownBy(() -> CanonicalCorrelation.fit(columns(A), columns(A).rows(0, 3), 0, 0))
                .hasMessageContaining("no pairs");
        assertThatThrownBy(() -> CanonicalCorrelation.fit(columns(A), columns(mix(0, 0, 0)), 0, 0))
                .hasMessageContaining("does not vary");
        assertThatThrownBy(() ->
                        CanonicalCorrelation.fit(columns(A), columns(mix(Double.NaN, 0, 0)), 0, 0))
                .hasMessageContaining("not finite");
    }
}
