package dev.gimbal.training;

import dev.gimbal.family.Alignment;
import java.util.Arrays;
import org.ejml.simple.SimpleMatrix;

/// Alignment from a few labelled examples: whitening by all samples, then the rotation that brings
/// the labelled ones nearest to their standardised factors (Schoenemann 1966).
///
/// With white coordinates Y and factors F, both centred, the rotation that minimises `|Y R' - F|^2`
/// is `R = U V'`, where `F' Y = U S V'`. Axis k then follows factor k, in its direction; latents
/// beyond the factors come after them. For factors whose law a rotation leaves unchanged, such as
/// Gaussian ones, nothing without labels can do this.
final class OrthogonalProcrustes {
    private OrthogonalProcrustes() {}

    /// The alignment.
    ///
    /// @param samples `[sample][latent]`, all there are, without labels
    /// @param labelled `[pair][latent]`, z of the labelled examples; more of them than latents
    /// @param factors `[pair][factor]`, their labels; at most as many factors as latents
    /// @throws IllegalArgumentException when there are too few samples or labelled ones, more
    ///   factors than latents, a direction or a factor does not vary, or a value is not finite
    public static Alignment fit(float[][] samples, float[][] labelled, float[][] factors) {
        Whitening whitening = Whitening.of(samples);
        int latents = samples[0].length;
        require(latents, labelled, factors);
        SimpleMatrix white = whitening.apply(labelled);
        SimpleMatrix targets = standardised(factors, latents);
        // the targets are centred, so centring the white coordinates would change nothing
        return whitening.then(Whitening.orthogonal(targets.transpose().mult(white)));
    }

    /// Factors with mean 0 and variance 1, `[pair, latent]`; zeros beyond them.
    private static SimpleMatrix standardised(float[][] factors, int latents) {
        SimpleMatrix centred = Whitening.centred(factors, Whitening.mean(factors));
        if (centred.hasUncountable()) {
            throw new IllegalArgumentException("factors are not finite");
        }
        SimpleMatrix targets = new SimpleMatrix(factors.length, latents);
        for (int k = 0; k < centred.getNumCols(); k++) {
            SimpleMatrix column = centred.extractVector(false, k);
            double deviation = column.normF() / Math.sqrt(factors.length - 1.0);
            if (!(deviation > 0)) {
                throw new IllegalArgumentException(
                        "factor " + k + " (from 0) does not vary among the labelled examples");
            }
            targets.setColumn(k, column.divide(deviation));
        }
        return targets;
    }

    private static void require(int latents, float[][] labelled, float[][] factors) {
        if (labelled.length != factors.length || labelled.length <= latents) {
            throw new IllegalArgumentException(
                    "%d labelled examples and %d rows of factors, more than %d of each are needed"
                            .formatted(labelled.length, factors.length, latents));
        }
        int columns = factors[0].length;
        if (columns < 1
                || columns > latents
                || Arrays.stream(factors).anyMatch(row -> row.length != columns)) {
            throw new IllegalArgumentException(
                    "there are %d factors for %d latents".formatted(columns, latents));
        }
    }
}
