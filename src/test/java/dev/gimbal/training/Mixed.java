package dev.gimbal.training;

import dev.gimbal.family.Alignment;
import java.util.function.ToDoubleFunction;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import org.ejml.simple.SimpleMatrix;

/// Independent sources and a known mixture of them, `z = A s + b`.
///
/// @param sources s, `[sample][source]`
/// @param mixing A
/// @param samples z, `[sample][latent]`
record Mixed(float[][] sources, SimpleMatrix mixing, float[][] samples) {

    static Mixed of(int n, int d, long seed, ToDoubleFunction<RandomGenerator> source) {
        RandomGenerator random = RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
        SimpleMatrix mixing = new SimpleMatrix(d, d);
        for (int i = 0; i < d * d; i++) {
            mixing.set(i, random.nextGaussian());
        }
        float[][] sources = new float[n][d];
        float[][] samples = new float[n][d];
        for (int i = 0; i < n; i++) {
            for (int j = 0; j < d; j++) {
                sources[i][j] = (float) source.applyAsDouble(random);
            }
            for (int j = 0; j < d; j++) {
                samples[i][j] = .7f * j - 1;
                for (int k = 0; k < d; k++) {
                    samples[i][j] += (float) (mixing.get(j, k) * sources[i][k]);
                }
            }
        }
        return new Mixed(sources, mixing, samples);
    }

    /// `W A`: a permutation with signs and scales when the alignment has undone the mixing.
    SimpleMatrix undone(Alignment alignment) {
        int d = mixing.getNumRows();
        SimpleMatrix unmixing = new SimpleMatrix(d, d);
        for (int i = 0; i < d * d; i++) {
            unmixing.set(i / d, i % d, alignment.unmixing()[i / d][i % d]);
        }
        return unmixing.mult(mixing);
    }

    /// The largest angle, in degrees, between an axis that was found and the source nearest to it.
    /// Sources have equal deviation.
    double worstAngle(Alignment alignment) {
        SimpleMatrix product = undone(alignment);
        double worst = 0;
        for (int i = 0; i < product.getNumRows(); i++) {
            SimpleMatrix row = product.extractVector(true, i);
            double cosine = Math.min(1, row.elementMaxAbs() / row.normF());
            worst = Math.max(worst, Math.toDegrees(Math.acos(cosine)));
        }
        return worst;
    }

    /// Amari error (Amari et al. 1996), scaled to `[0, 1]`: 0 only for a permutation with scales,
    /// whichever rows and columns it pairs.
    double amariError(Alignment alignment) {
        SimpleMatrix product = undone(alignment);
        int d = product.getNumRows();
        double error = 0;
        for (int i = 0; i < d; i++) {
            error += excess(product.extractVector(true, i));
            error += excess(product.extractVector(false, i));
        }
        return error / (2 * d * (d - 1.0));
    }

    private static double excess(SimpleMatrix vector) {
        double sum = 0;
        for (int i = 0; i < vector.getNumElements(); i++) {
            sum += Math.abs(vector.get(i));
        }
        return sum / vector.elementMaxAbs() - 1;
    }
}
