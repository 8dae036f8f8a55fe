package dev.gimbal.family;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.types.Shape;
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
        DiagonalGaussian raw = prior(embedQuery(target, observed));
        NDArray unmixing = parameters().get(UNMIXING);
        NDArray centred = raw.mean().sub(parameters().get(MEAN));
        NDArray variance = raw.logVariance().exp();
        NDArray squared = raw.mean().getManager().zeros(unmixing.getShape()).add(unmixing).square();
        return new DiagonalGaussian(affine(centred, unmixing), affine(variance, squared).log());
    }

    @Override
    public Loci locate(String target, NDArray z) {
        requireTarget(target);
        NDArray raw = affine(z, parameters().get(MIXING)).add(parameters().get(MEAN));
        return decode(raw);
    }

    /// `P(z | v1)` in raw z, Eq. 1.
    public DiagonalGaussian prior(NDArray v1) {
        return gaussian(network("prior", v1), true);
    }

    /// `Q(z | v1, v2)` in raw z, Eq. 3.
    public DiagonalGaussian posterior(NDArray v1, NDArray v2) {
        return gaussian(network("posterior", NDArrays.concat(new NDList(v1, v2), 1)), false);
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

    /// Replaces the alignment of z.
    public void align(Alignment alignment) {
        int d = latentSize(target());
        parameters().set(UNMIXING, new Shape(d, d), flat(alignment.unmixing()));
        parameters().set(MIXING, new Shape(d, d), flat(alignment.mixing()));
        parameters().set(MEAN, new Shape(d), alignment.mean());
    }

    @Override
    public int latentSize(String target) {
        return architecture().network("decoder") instanceof dev.gimbal.network.Mlp mlp
                ? mlp.input()
                : architecture().network("prior").outputSize() / 2;
    }

    /// Splits a head's output into mean and log-variance; the prior's deviation stays within the
    /// stated bounds.
    private DiagonalGaussian gaussian(NDArray output, boolean bounded) {
        NDList halves = output.split(2, 1);
        NDArray logVariance = halves.get(1);
        if (bounded && architecture().constants().containsKey("priorDeviationLow")) {
            double low = 2 * Math.log(architecture().constant("priorDeviationLow"));
            double high = 2 * Math.log(architecture().constant("priorDeviationHigh"));
            logVariance = ai.djl.nn.Activation.sigmoid(logVariance).mul(high - low).add(low);
        }
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
