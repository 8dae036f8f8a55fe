package dev.gimbal.objective;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import dev.gimbal.Gradient;
import dev.gimbal.distribution.DiagonalGaussian;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

class PenaltiesTest {
    private static final double ROOT_HALF = Math.sqrt(0.5);

    @AutoClose private final NDManager manager = NDManager.newBaseManager();

    @Test
    void whitePointsArePenalisedByNothing() {
        // four corners: the sample covariance (divisor 3) of +-sqrt(3)/2 is the identity
        float a = (float) (Math.sqrt(3) / 2);
        NDArray white = manager.create(new float[][] {{a, a}, {a, -a}, {-a, a}, {-a, -a}});

        assertThat(Whitening.of(white.add(5)).getFloat()).isCloseTo(0, within(1e-6f));
    }

    @Test
    void whiteningIsTheSquaredDistanceOfTheCovarianceFromTheIdentity() {
        // covariance [[2, 2], [2, 2]]
        NDArray z = manager.create(new float[][] {{1, 1}, {-1, -1}});

        assertThat(Whitening.of(z).getFloat()).isCloseTo(1 + 4 + 4 + 1, within(1e-5f));
    }

    @Test
    void anAffineDecoderHasAConstantJacobian() {
        NDArray matrix = manager.create(new float[][] {{1, 2, 3}, {-1, 0, 1}});

        float penalty =
                ConstantDecoderJacobian.of(z -> z.matMul(matrix).add(7), points(), 0.25).getFloat();

        assertThat(penalty).isCloseTo(0, within(1e-6f));
    }

    @Test
    void aCurvedDecoderIsPenalisedByItsSpreadOverItsMean() {
        // z^2 has J = 2 z, exactly so by central differences; J = 2 and 4: spread 1, mean 3
        NDArray z = manager.create(new float[][] {{1}, {2}});

        float penalty = ConstantDecoderJacobian.of(NDArray::square, z, 0.25).getFloat();

        assertThat(penalty).isCloseTo(1f / 9, within(1e-5f));
    }

    @Test
    void thePenaltyOfACurvedDecoderHasAGradient() {
        NDArray z = manager.create(new float[][] {{1}, {2}});

        // the Jacobians are 2a and 2b: ((a - b) / (a + b))^2
        float[] gradient =
                Gradient.of(x -> ConstantDecoderJacobian.of(NDArray::square, x, 0.25), z);

        assertThat(gradient[0]).isCloseTo(-8f / 27, within(1e-4f));
        assertThat(gradient[1]).isCloseTo(4f / 27, within(1e-4f));
    }

    @Test
    void anIsometryUpToScaleHasNoEmbedderPenaltyAtItsScale() {
        NDArray x = points();
        NDArray eps = manager.create(new float[] {0.3f, 0.4f});
        NDArray scale = manager.create(new float[] {(float) Math.log(3)});
        NDArray at = rotated(x).mul(3);
        NDArray near = rotated(x.add(eps)).mul(3);

        assertThat(JacobianRegularizer.change(at, near, 0.5).toFloatArray())
                .containsExactly(new float[] {3, 3, 3}, within(1e-4f));
        assertThat(JacobianRegularizer.relative(at, near, 0.5, scale).getFloat())
                .isCloseTo(0, within(1e-6f));
    }

    @Test
    void unequalChangesArePenalisedBySquaredDistanceFromTheConstant() {
        NDArray at = manager.create(new float[][] {{0}, {0}});
        NDArray near = manager.create(new float[][] {{1}, {3}});
        NDArray logTwo = manager.create(new float[] {(float) Math.log(2)});

        assertThat(JacobianRegularizer.relative(at, near, 1, logTwo).getFloat())
                .isCloseTo(0.25f, within(1e-5f));
    }

    @Test
    void theRegularisersConstantLearns() {
        NDArray at = manager.create(new float[][] {{0}});
        NDArray near = manager.create(new float[][] {{3}});
        NDArray zero = manager.create(new float[1]);

        // d/ds (3 exp(-s) - 1)^2 = -6 (3 - 1)
        float[] gradient = Gradient.of(s -> JacobianRegularizer.relative(at, near, 1, s), zero);

        assertThat(gradient[0]).isCloseTo(-12, within(1e-4f));
    }

    @Test
    void independentCoordinatesHaveNearlyNoTotalCorrelation() {
        assertThat(totalCorrelation(0)).isBetween(0f, 0.02f);
    }

    @Test
    void dependenceRaisesTheTotalCorrelation() {
        assertThat(totalCorrelation(0.5)).isGreaterThan(3 * totalCorrelation(0));
        assertThat(totalCorrelation(1)).isGreaterThan(3 * totalCorrelation(0.5));
    }

    @Test
    void oneCoordinateAloneDependsOnNothing() {
        NDArray z = manager.create(new float[] {1, 2, 3}, new Shape(3, 1));

        assertThat(new TotalCorrelation(8).of(z, random()).getFloat()).isZero();
    }

    @Test
    void theBoundIsLikelihoodMinusDivergence() {
        DiagonalGaussian posterior = gaussian(new float[][] {{1}, {0}});
        DiagonalGaussian prior = gaussian(new float[][] {{0}, {0}});
        NDArray logLikelihood = manager.create(new float[] {-3, -5});

        // mean of -3 - 1/2 and -5 - 0
        assertThat(ConditionalElbo.of(logLikelihood, posterior, prior).getFloat())
                .isCloseTo(-4.25f, within(1e-5f));
    }

    @Test
    void aLossIsTheWeightedSumOfItsTerms() {
        Loss loss =
                new Loss()
                        .add("a", 2, manager.create(3f))
                        .add("b", 0, manager.create(Float.NaN))
                        .add("c", -1, manager.create(4f));

        assertThat(loss.total().getFloat()).isEqualTo(2);
        assertThat(loss.terms()).containsOnlyKeys("a", "c");
        assertThatThrownBy(() -> new Loss().total()).isInstanceOf(IllegalStateException.class);
    }

    private float totalCorrelation(double correlation) {
        RandomGenerator random = random();
        float[] z = new float[2 * 4_000];
        for (int i = 0; i < z.length; i += 2) {
            double first = random.nextGaussian();
            double second = random.nextGaussian();
            z[i] = (float) first;
            z[i + 1] =
                    (float)
                            (correlation * first
                                    + Math.sqrt(1 - correlation * correlation) * second);
        }
        return new TotalCorrelation(24)
                .of(manager.create(z, new Shape(z.length / 2, 2)), random)
                .getFloat();
    }

    private DiagonalGaussian gaussian(float[][] mean) {
        NDArray means = manager.create(mean);
        return new DiagonalGaussian(means, means.zerosLike());
    }

    private NDArray points() {
        return manager.create(new float[][] {{0, 0}, {1, -2}, {3, 0.5f}});
    }

    private NDArray rotated(NDArray x) {
        float c = (float) ROOT_HALF;
        return x.matMul(manager.create(new float[][] {{c, c}, {-c, c}}));
    }

    private static RandomGenerator random() {
        return RandomGeneratorFactory.of("L64X128MixRandom").create(4);
    }
}
