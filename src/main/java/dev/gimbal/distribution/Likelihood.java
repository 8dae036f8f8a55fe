package dev.gimbal.distribution;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.DataType;
import ai.djl.nn.Activation;

/// `p(x | z)` of one modality: what a decoder's output says of an observation.
///
/// @param kind which distribution
/// @param scale standard deviation of a Gaussian, scale of a Laplace; of no meaning to the others
public record Likelihood(Kind kind, double scale) {

    /// The distributions that a decoder may end in.
    public enum Kind {
        /// Logits of pixels in [0, 1]: the cross-entropy, also of values between (Sec. 5.1 of Lee
        /// and Pavlovic 2021 does not binarise).
        BERNOULLI,
        /// Means, with one fixed deviation.
        GAUSSIAN,
        /// Medians, with one fixed scale (Shi et al. 2019).
        LAPLACE,
        /// Logits over a vocabulary, the same for every word of a text: x holds token ids, and 0
        /// pads.
        CATEGORICAL
    }

    public Likelihood {
        if (!(scale > 0 && scale < Double.POSITIVE_INFINITY)) {
            throw new IllegalArgumentException("scale must be positive: " + scale);
        }
    }

    /// One without a scale.
    public static Likelihood of(Kind kind) {
        return new Likelihood(kind, 1);
    }

    /// `log p(x | z)` in nats for each row, `[batch]`.
    ///
    /// @param output of the decoder, `[batch, ...]`
    /// @param x as the encoder takes it, `[batch, size]`
    public NDArray logDensity(NDArray output, NDArray x) {
        return switch (kind) {
            case BERNOULLI -> x.mul(output).sub(softplus(output)).sum(new int[] {1});
            case GAUSSIAN ->
                    Constant.times(
                                    -0.5 / (scale * scale),
                                    x.sub(output).square().sum(new int[] {1}))
                            .sub(
                                    entries(output)
                                            * (0.5 * DiagonalGaussian.LOG_TWO_PI
                                                    + Math.log(scale)));
            case LAPLACE ->
                    Constant.times(-1 / scale, x.sub(output).abs().sum(new int[] {1}))
                            .sub(entries(output) * Math.log(2 * scale));
            case CATEGORICAL -> {
                NDArray words = output.logSoftmax(1).gather(x.toType(DataType.INT64, false), 1);
                NDArray present = x.neq(0).toType(DataType.FLOAT32, false);
                yield words.mul(present).sum(new int[] {1});
            }
        };
    }

    /// The expected observation; of words their probabilities, `[batch, ...]`.
    public NDArray mean(NDArray output) {
        return switch (kind) {
            case BERNOULLI -> Activation.sigmoid(output);
            case GAUSSIAN, LAPLACE -> output;
            case CATEGORICAL -> output.softmax(1);
        };
    }

    private static double entries(NDArray output) {
        return output.getShape().get(1);
    }

    /// `log(1 + exp(x))` in the form that does not overflow.
    private static NDArray softplus(NDArray x) {
        return Activation.relu(x).add(x.abs().neg().exp().add(1f).log());
    }
}
