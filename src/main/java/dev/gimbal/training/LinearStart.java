package dev.gimbal.training;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import dev.gimbal.family.Rivae;
import dev.gimbal.network.Mlp;
import dev.gimbal.network.Muted;
import dev.gimbal.network.Network;
import dev.gimbal.network.Parameters;
import dev.gimbal.network.Residual;
import dev.gimbal.network.Rows;
import java.util.Arrays;
import java.util.Objects;
import org.ejml.simple.SimpleEVD;
import org.ejml.simple.SimpleMatrix;

/// The best affine heads of RIVAE in closed form: reduced-rank regression of v2 on v1 (Izenman
/// 1975), which is what its bound comes to where all maps are affine and the noise of V is the same
/// in every direction.
///
/// With `B = (C11 + ridge)^-1 C12` and the leading eigenvectors U, eigenvalues s of `C21 B`: `z =
/// diag(s)^-1/2 U' B' (v1 - m1)` and `f(z) = m2 + U diag(s)^1/2 z`. The means m1, m2 stand in the
/// biases: a constant gap between the modalities is taken out on one side and put back on the
/// other.
///
/// @param encode `[in, directions]`; the first `latent` are z, the rest help to bend
/// @param decode `[out, directions]`
/// @param mean1 m1
/// @param mean2 m2
/// @param deviation2 of `U' v2`, by direction
record LinearStart(
        SimpleMatrix encode,
        SimpleMatrix decode,
        double[] mean1,
        double[] mean2,
        double[] deviation2) {
    private static final double LEAST_SHARE = 1e-9;

    /// Starts the heads of one direction from these examples.
    ///
    /// @param data preprocessed training data
    static void apply(Rivae model, TrainingData data, double ridge) {
        int directions = 2 * model.latentSize();
        try (NDManager scratch = model.manager().newSubManager()) {
            Moments moments =
                    Moments.of(
                            scratch,
                            embedded(model, data, model.query()),
                            predicted(model, embedded(model, data, model.target())));
            of(moments, Math.min(directions, moments.mean2().length), ridge).apply(model);
        }
    }

    /// The start from these moments.
    ///
    /// @param directions how many to find, at most the size of v2
    static LinearStart of(Moments moments, int directions, double ridge) {
        SimpleMatrix c11 = moments.covariance1();
        int in = c11.getNumRows();
        SimpleMatrix regularised =
                c11.plus(SimpleMatrix.identity(in).scale(ridge * c11.trace() / in));
        SimpleMatrix regression = regularised.solve(moments.cross());
        SimpleMatrix explained = moments.cross().transpose().mult(regression);
        SimpleEVD<SimpleMatrix> eigen = explained.plus(explained.transpose()).scale(.5).eig();
        int[] order = descending(eigen);
        SimpleMatrix encode = new SimpleMatrix(in, directions);
        SimpleMatrix decode = new SimpleMatrix(explained.getNumRows(), directions);
        double[] deviation2 = new double[directions];
        double floor = LEAST_SHARE * Math.max(explained.trace(), Double.MIN_NORMAL);
        for (int j = 0; j < directions; j++) {
            SimpleMatrix u = Objects.requireNonNull(eigen.getEigenVector(order[j]));
            double root = Math.sqrt(Math.max(eigen.getEigenvalue(order[j]).getReal(), floor));
            encode.setColumn(j, regression.mult(u).divide(root));
            decode.setColumn(j, u.scale(root));
            double variance = u.dot(moments.covariance2().mult(u));
            deviation2[j] = Math.sqrt(Math.max(variance, floor));
        }
        return new LinearStart(encode, decode, moments.mean1(), moments.mean2(), deviation2);
    }

    private static int[] descending(SimpleEVD<SimpleMatrix> eigen) {
        return java.util.stream.IntStream.range(0, eigen.getNumberOfEigenvalues())
                .boxed()
                .sorted(
                        java.util.Comparator.comparingDouble(
                                i -> -eigen.getEigenvalue(i).getReal()))
                .mapToInt(i -> i)
                .toArray();
    }

    private static float[][] embedded(Rivae model, TrainingData data, String modality) {
        try (NDManager scratch = model.manager().newSubManager()) {
            return Rows.map(scratch, data.rows(modality), x -> model.embed(modality, x));
        }
    }

    /// What the decoder has to predict of each row.
    private static float[][] predicted(Rivae model, float[][] rows) {
        if (model.architecture().network(model.role("decoder")) instanceof Muted muted) {
            for (float[] row : rows) {
                Arrays.fill(row, row.length - muted.last(), row.length, 0);
            }
        }
        return rows;
    }

    /// Puts it into the heads of a model: their affine parts are these maps, and what bends them
    /// starts at nothing, from inputs of unit variance.
    ///
    /// @throws IllegalArgumentException when they have no affine part
    void apply(Rivae model) {
        int latent = model.latentSize();
        SimpleMatrix whiten1 = encode.transpose();
        SimpleMatrix whiten2 = decode.transpose();
        for (int j = 0; j < deviation2.length; j++) {
            double norm = whiten2.extractVector(true, j).normF();
            whiten2.setRow(j, whiten2.extractVector(true, j).divide(norm * deviation2[j]));
        }
        SimpleMatrix mean = whiten1.rows(0, latent);
        SimpleMatrix nothing = new SimpleMatrix(latent, mean1.length);
        SimpleMatrix centre1 = column(mean1);
        SimpleMatrix centre2 = column(mean2);

        SimpleMatrix prior = mean.concatRows(nothing);
        affine(model, model.role("prior"), prior, prior.mult(centre1).negative());
        bend(model, model.role("prior"), whiten1, centre1);

        SimpleMatrix posterior = prior.concatColumns(new SimpleMatrix(2 * latent, mean2.length));
        affine(model, model.role("posterior"), posterior, prior.mult(centre1).negative());
        bend(
                model,
                model.role("posterior"),
                diagonal(whiten1, whiten2),
                centre1.concatRows(centre2));

        affine(model, model.role("decoder"), decode.cols(0, latent), centre2);
        bend(
                model,
                model.role("decoder"),
                SimpleMatrix.identity(latent),
                new SimpleMatrix(latent, 1));
    }

    private static void affine(Rivae model, String role, SimpleMatrix weight, SimpleMatrix bias) {
        Parameters parameters = model.parameters();
        parameters.get(role + Residual.AFFINE + ".weight").set(floats(weight));
        parameters.get(role + Residual.AFFINE + ".bias").set(floats(bias));
    }

    /// The first layer W becomes `W[:, :r] sqrt(in / r) T (x - centre)`, the last one 0.
    ///
    /// @param whiten T, `[r, in]`
    private static void bend(Rivae model, String role, SimpleMatrix whiten, SimpleMatrix centre) {
        Parameters parameters = model.parameters();
        Mlp bend = bend(model.architecture().network(role));
        int in = bend.input();
        int r = whiten.getNumRows();
        NDArray first = parameters.get(role + Residual.BEND + ".0.weight");
        float[] drawn = first.toFloatArray();
        SimpleMatrix weight = new SimpleMatrix(bend.hidden().getFirst(), r);
        for (int i = 0; i < weight.getNumRows(); i++) {
            for (int j = 0; j < r; j++) {
                weight.set(i, j, drawn[i * in + j] * Math.sqrt((double) in / r));
            }
        }
        SimpleMatrix map = weight.mult(whiten);
        first.set(floats(map));
        NDArray bias = parameters.get(role + Residual.BEND + ".0.bias");
        SimpleMatrix drawnBias = column(bias.toFloatArray()).scale(Math.sqrt((double) in / r));
        bias.set(floats(drawnBias.minus(map.mult(centre))));
        for (String part : new String[] {".weight", ".bias"}) {
            String last = Objects.requireNonNull(bend.outputLayer(role + Residual.BEND));
            Shape shape = parameters.get(last + part).getShape();
            parameters.set(last + part, shape, new float[Math.toIntExact(shape.size())]);
        }
    }

    private static Mlp bend(Network network) {
        return switch (network) {
            case Residual(Mlp bend) -> bend;
            case Muted(Network all, int _) -> bend(all);
            default ->
                    throw new IllegalArgumentException(
                            "a linear start needs heads with an affine part");
        };
    }

    private static SimpleMatrix diagonal(SimpleMatrix a, SimpleMatrix b) {
        SimpleMatrix both =
                new SimpleMatrix(a.getNumRows() + b.getNumRows(), a.getNumCols() + b.getNumCols());
        both.insertIntoThis(0, 0, a);
        both.insertIntoThis(a.getNumRows(), a.getNumCols(), b);
        return both;
    }

    private static SimpleMatrix column(double[] values) {
        return new SimpleMatrix(values.length, 1, true, values.clone());
    }

    private static SimpleMatrix column(float[] values) {
        SimpleMatrix column = new SimpleMatrix(values.length, 1);
        for (int i = 0; i < values.length; i++) {
            column.set(i, values[i]);
        }
        return column;
    }

    private static float[] floats(SimpleMatrix matrix) {
        float[] values = new float[matrix.getNumElements()];
        for (int i = 0; i < values.length; i++) {
            values[i] = (float) matrix.get(i);
        }
        return values;
    }
}
