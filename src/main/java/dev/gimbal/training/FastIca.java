package dev.gimbal.training;

import dev.gimbal.family.Alignment;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import java.util.stream.IntStream;
import org.ejml.simple.SimpleMatrix;

/// Independent component analysis by the fixed point of kurtosis (Hyvarinen and Oja 1997, with
/// symmetric decorrelation): finds `z' = W (z - m)` with uncorrelated, unit-variance coordinates as
/// far from Gaussian as they get.
///
/// Label-free: it names the axes only as far as factors are independent and not Gaussian.
final class FastIca {
    private static final int RESTARTS = 10;
    private static final int ITERATIONS = 300;
    private static final double CONVERGED = 1e-9;

    /// Products in one iteration: with many coordinates the search looks at fewer samples, evenly
    /// spaced, since axes without a factor never stop turning.
    private static final int MOST_PRODUCTS = 16_000_000;

    /// What was found.
    ///
    /// @param alignment `z' = W (z - m)`
    /// @param subGaussianity minus the sum of the sources' excess kurtoses: 1.2 for each uniform
    ///   source, 0 for Gaussian ones; a measure, without labels, of how cleanly the chart shows
    ///   independent factors of bounded range
    /// @param converged whether the axes had stopped turning; when they had not, the best of the
    ///   restarts is given all the same, but there may be nothing to find
    public record Components(Alignment alignment, double subGaussianity, boolean converged) {}

    /// Where one start led.
    ///
    /// @param rotation of white coordinates
    /// @param contrast sum of absolute excess kurtoses
    private record Solution(SimpleMatrix rotation, double contrast, boolean converged) {}

    private FastIca() {}

    /// The unmixing of these samples; the best of several restarts by the sum of absolute excess
    /// kurtoses. Axes are ordered by their strongest input coordinate, which also gets a positive
    /// sign.
    ///
    /// @param samples `[sample][latent]`, more samples than coordinates
    /// @throws IllegalArgumentException when there are too few, a direction does not vary, or they
    ///   are not finite
    public static Components fit(float[][] samples, long seed) {
        Whitening whitening = Whitening.of(samples);
        SimpleMatrix white = whitening.apply(sparse(samples));
        RandomGenerator random = RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
        Solution best = fixedPoint(white, start(white.getNumCols(), random));
        for (int restart = 1; restart < RESTARTS; restart++) {
            Solution next = fixedPoint(white, start(white.getNumCols(), random));
            best = next.contrast > best.contrast ? next : best;
        }
        SimpleMatrix rotation =
                AxisOrder.of(best.rotation.mult(whitening.matrix())).mult(best.rotation);
        return new Components(
                whitening.then(rotation),
                -excessKurtosis(whitening.apply(samples).mult(rotation.transpose()), false),
                best.converged);
    }

    private static float[][] sparse(float[][] samples) {
        int d = samples[0].length;
        int most = Math.max(d + 1, MOST_PRODUCTS / (d * d));
        if (samples.length <= most) {
            return samples;
        }
        return IntStream.range(0, most)
                .mapToObj(i -> samples[(int) ((long) i * samples.length / most)])
                .toArray(float[][]::new);
    }

    private static SimpleMatrix start(int d, RandomGenerator random) {
        SimpleMatrix start = new SimpleMatrix(d, d);
        for (int i = 0; i < d * d; i++) {
            start.set(i, random.nextGaussian());
        }
        return Whitening.orthogonal(start);
    }

    /// Rows `w <- E[(w.y)^3 y] - 3 w`, decorrelated together, until they no longer turn.
    private static Solution fixedPoint(SimpleMatrix white, SimpleMatrix start) {
        SimpleMatrix rotation = start;
        boolean converged = false;
        for (int i = 0; i < ITERATIONS && !converged; i++) {
            SimpleMatrix sources = white.mult(rotation.transpose());
            SimpleMatrix cubes = sources.elementMult(sources).elementMult(sources);
            SimpleMatrix next =
                    Whitening.orthogonal(
                            cubes.transpose()
                                    .mult(white)
                                    .divide(white.getNumRows())
                                    .minus(rotation.scale(3)));
            converged = turned(next, rotation) < CONVERGED;
            rotation = next;
        }
        double contrast = excessKurtosis(white.mult(rotation.transpose()), true);
        return new Solution(rotation, contrast, converged);
    }

    /// One minus the least cosine between a row before and after, whatever its sign.
    private static double turned(SimpleMatrix next, SimpleMatrix rotation) {
        SimpleMatrix overlap = next.elementMult(rotation);
        double turned = 0;
        for (int i = 0; i < overlap.getNumRows(); i++) {
            double cosine = overlap.extractVector(true, i).elementSum();
            turned = Math.max(turned, Math.abs(Math.abs(cosine) - 1));
        }
        return turned;
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
}
