package dev.gimbal.family;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Activation;
import ai.djl.nn.core.Linear;
import dev.gimbal.distribution.Constant;
import dev.gimbal.distribution.DiagonalGaussian;
import dev.gimbal.network.Parameters;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;

/// Retrieval IVAE (Kim et al. 2020, Eqs. 1-3): `P(z | v1) = N(mu(v1), diag s(v1))`, `P(v2 | z) =
/// N(f(z), eta^2 I)`, `Q(z | v1, v2) = N(m, diag s)`.
///
/// Heads work in raw z. Outside, z is the aligned `z' = W (raw - m)`, and the decoder is `f'(z') =
/// f(W^-1 z' + m)`, so that retrieval from the mean is the same with and without alignment. The
/// variance of z' keeps the diagonal of `W diag(s) W'`.
public final class Rivae extends PairedModel {
    /// Role of the parameter that holds `log c` of the embedder regulariser (Eq. 11).
    public static final String LOG_CONSTANT = "regulariser.logConstant";

    private static final String UNMIXING = "alignment.unmixing";
    private static final String MIXING = "alignment.mixing";
    private static final String MEAN = "alignment.mean";

    /// Takes ownership of `parameters`.
    public Rivae(Architecture architecture, Parameters parameters) {
        this(architecture, parameters, Direction.FORWARD);
    }

    private Rivae(Architecture architecture, Parameters parameters, Direction direction) {
        super(architecture, parameters, direction);
    }

    @Override
    public List<Rivae> directions() {
        return directions(this, backward());
    }

    @Override
    public Optional<Rivae> backward() {
        return leadsBack()
                        || !architecture().networks().containsKey(Direction.BACKWARD.role("prior"))
                ? Optional.empty()
                : Optional.of(new Rivae(architecture(), parameters(), Direction.BACKWARD));
    }

    @Override
    public void initialise(RandomGenerator random) {
        super.initialise(random);
        initialiseHeads();
        backward().ifPresent(Rivae::initialiseHeads);
    }

    private void initialiseHeads() {
        parameters().set(role(LOG_CONSTANT), new Shape(1), new float[1]);
        align(Alignment.identity(latentSize()));
    }

    @Override
    public DiagonalGaussian inferEmbedded(NDArray v1) {
        return prior(
                v1,
                architecture().constant("deviationLow"),
                architecture().constant("deviationHigh"));
    }

    @Override
    Loci locate(NDArray z) {
        return decode(z, architecture().constant("eta"));
    }

    @Override
    public Loci loci(NDArray points) {
        return loci(points, architecture().constant("eta"));
    }

    /// `P(z | v1)`, Eq. 1, its raw deviation kept within bounds.
    public DiagonalGaussian prior(NDArray v1, double low, double high) {
        return aligned(network(role("prior"), v1), low, high);
    }

    /// `Q(z | v1, v2)`, Eq. 3, its raw deviation kept within bounds.
    public DiagonalGaussian posterior(NDArray v1, NDArray v2, double low, double high) {
        return aligned(
                network(role("posterior"), NDArrays.concat(new NDList(v1, v2), 1)), low, high);
    }

    /// `log P(v2 | z)`, Eq. 2, as loci in V, for noise deviation `eta`.
    public Loci decode(NDArray z, double eta) {
        NDArray raw = affine(z, parameters().get(role(MIXING))).add(parameters().get(role(MEAN)));
        return loci(network(role("decoder"), raw), eta);
    }

    /// The chart in which z stands now.
    public Alignment alignment() {
        int d = latentSize();
        return new Alignment(
                square(parameters().get(role(UNMIXING)).toFloatArray(), d),
                square(parameters().get(role(MIXING)).toFloatArray(), d),
                parameters().get(role(MEAN)).toFloatArray());
    }

    /// Replaces the chart in which z stands.
    public void align(Alignment alignment) {
        int d = latentSize();
        parameters().set(role(UNMIXING), new Shape(d, d), flat(alignment.unmixing()));
        parameters().set(role(MIXING), new Shape(d, d), flat(alignment.mixing()));
        parameters().set(role(MEAN), new Shape(d), alignment.mean());
    }

    @Override
    public int latentSize() {
        return architecture().network(role("prior")).outputSize() / 2;
    }

    /// A head's output as a distribution in the aligned chart, with raw `log s = log low +
    /// sigmoid(.) log(high / low)`.
    private DiagonalGaussian aligned(NDArray output, double low, double high) {
        NDList halves = output.split(2, 1);
        NDArray variance =
                Constant.times(2 * Math.log(high / low), Activation.sigmoid(halves.get(1)))
                        .add(2 * Math.log(low))
                        .exp();
        NDArray unmixing = parameters().get(role(UNMIXING));
        NDArray squared = output.getManager().zeros(unmixing.getShape()).add(unmixing).square();
        return new DiagonalGaussian(
                affine(halves.get(0).sub(parameters().get(role(MEAN))), unmixing),
                affine(variance, squared).log());
    }

    private static Loci loci(NDArray mean, double eta) {
        long k = mean.getShape().get(1);
        double variance = eta * eta;
        return new Loci(
                mean,
                Similarity.NEGATIVE_SQUARED_L2,
                1 / (2 * variance),
                -0.5 * k * Math.log(2 * Math.PI * variance));
    }

    private static NDArray affine(NDArray x, NDArray matrix) {
        return Linear.linear(x, matrix).singletonOrThrow();
    }

    private static float[][] square(float[] flat, int d) {
        float[][] matrix = new float[d][];
        for (int i = 0; i < d; i++) {
            matrix[i] = Arrays.copyOfRange(flat, i * d, (i + 1) * d);
        }
        return matrix;
    }

    private static float[] flat(float[][] matrix) {
        int d = matrix.length;
        float[] flat = new float[d * d];
        for (int i = 0; i < d; i++) {
            System.arraycopy(matrix[i], 0, flat, i * d, d);
        }
        return flat;
    }

    @Override
    public Similarity similarity() {
        return Similarity.NEGATIVE_SQUARED_L2;
    }
}
