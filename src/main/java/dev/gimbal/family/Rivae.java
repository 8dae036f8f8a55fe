package dev.gimbal.family;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Activation;
import ai.djl.nn.core.Linear;
import dev.gimbal.distribution.DiagonalGaussian;
import dev.gimbal.network.Parameters;
import java.util.Map;
import java.util.random.RandomGenerator;

/// Retrieval IVAE (Kim et al. 2020, Eqs. 1-3): `P(z | v1) = N(mu(v1), diag s(v1))`, `P(v2 | z) =
/// N(f(z), eta^2 I)`, `Q(z | v1, v2) = N(m, diag s)`.
///
/// Heads work in raw z. Outside, z is the aligned `z' = W (raw - m)`, and the decoder is `f'(z') =
/// f(W^-1 z' + m)`, so that retrieval from the mean is the same with and without alignment. The
/// variance of z' keeps the diagonal of `W diag(s) W'`.
public final class Rivae extends PairedModel {
    private static final String UNMIXING = "alignment.unmixing";
    private static final String MIXING = "alignment.mixing";
    private static final String MEAN = "alignment.mean";

    /// Takes ownership of `parameters`.
    public Rivae(Architecture architecture, Parameters parameters) {
        super(architecture, parameters);
    }

    @Override
    public void initialise(RandomGenerator random) {
        super.initialise(random);
        align(Alignment.identity(latentSize(target())));
    }

    @Override
    public DiagonalGaussian infer(String target, Map<String, NDArray> observed) {
        return aligned(prior(embedQuery(target, observed)));
    }

    /// The same distribution in the aligned chart.
    private DiagonalGaussian aligned(DiagonalGaussian raw) {
        NDArray unmixing = parameters().get(UNMIXING);
        NDArray variance = raw.logVariance().exp();
        NDArray squared = raw.mean().getManager().zeros(unmixing.getShape()).add(unmixing).square();
        return new DiagonalGaussian(alignedMean(raw), affine(variance, squared).log());
    }

    @Override
    public Loci locate(String target, NDArray z) {
        requireTarget(target);
        NDArray raw = affine(z, parameters().get(MIXING)).add(parameters().get(MEAN));
        return decode(raw);
    }

    /// `P(z | v1)` in raw z, Eq. 1.
    public DiagonalGaussian prior(NDArray v1) {
        return prior(
                v1,
                architecture().constant("deviationLow"),
                architecture().constant("deviationHigh"));
    }

    /// The same with other bounds of its deviation, for a stage of training.
    public DiagonalGaussian prior(NDArray v1, double low, double high) {
        return bounded(network("prior", v1), low, high);
    }

    /// `Q(z | v1, v2)` in raw z, Eq. 3, with bounds of its deviation.
    public DiagonalGaussian posterior(NDArray v1, NDArray v2, double low, double high) {
        return bounded(network("posterior", NDArrays.concat(new NDList(v1, v2), 1)), low, high);
    }

    /// `log P(v2 | z)` of Eq. 2 as loci in V, from raw z.
    public Loci decode(NDArray raw) {
        return decode(raw, architecture().constant("eta"));
    }

    /// The same with another noise deviation.
    public Loci decode(NDArray raw, double eta) {
        NDArray mean = network("decoder", raw);
        long k = mean.getShape().get(1);
        double variance = eta * eta;
        return new Loci(
                mean,
                Similarity.NEGATIVE_SQUARED_L2,
                1 / (2 * variance),
                -0.5 * k * Math.log(2 * Math.PI * variance));
    }

    /// The mean of z in the aligned chart, `[batch, latent]`.
    public NDArray alignedMean(DiagonalGaussian raw) {
        return affine(raw.mean().sub(parameters().get(MEAN)), parameters().get(UNMIXING));
    }

    /// Replaces the alignment of z.
    public void align(Alignment alignment) {
        int d = latentSize(target());
        parameters().set(UNMIXING, new Shape(d, d), flat(alignment.unmixing()));
        parameters().set(MIXING, new Shape(d, d), flat(alignment.mixing()));
        parameters().set(MEAN, new Shape(d), alignment.mean());
    }

    @Override
    public int latentSize(String target) {
        return architecture().network("prior").outputSize() / 2;
    }

    /// Splits a head's output into mean and log-variance, with `log s = log low + sigmoid(.)
    /// log(high / low)`.
    private static DiagonalGaussian bounded(NDArray output, double low, double high) {
        NDList halves = output.split(2, 1);
        NDArray logVariance =
                Activation.sigmoid(halves.get(1))
                        .mul(2 * Math.log(high / low))
                        .add(2 * Math.log(low));
        return new DiagonalGaussian(halves.get(0), logVariance);
    }

    private static NDArray affine(NDArray x, NDArray matrix) {
        return Linear.linear(x, matrix).singletonOrThrow();
    }

    private static float[] flat(float[][] matrix) {
        int d = matrix.length;
        float[] flat = new float[d * d];
        for (int i = 0; i < d; i++) {
            System.arraycopy(matrix[i], 0, flat, i * d, d);
        }
        return flat;
    }
}
