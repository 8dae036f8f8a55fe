package dev.gimbal.training;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import dev.gimbal.dataset.BadInputException;
import dev.gimbal.family.PairedModel;
import dev.gimbal.network.HubDiscount;
import dev.gimbal.network.KernelNetwork;
import dev.gimbal.network.Mlp;
import dev.gimbal.network.Network;
import dev.gimbal.network.Parameters;
import dev.gimbal.network.Rows;
import dev.gimbal.network.UnitNorm;
import dev.gimbal.training.PairedSettings.CanonicalStage;
import java.util.Arrays;
import org.ejml.simple.SimpleEVD;
import org.ejml.simple.SimpleMatrix;

/// Embedders in closed form: canonical correlation analysis of the training pairs, over the values
/// as preprocessed or, where an embedder is a [KernelNetwork], in its kernel's space (Akaho 2001;
/// Hardoon et al. 2004), with training examples as its landmarks.
///
/// Coordinate i of V is scaled by `r_i^(power / 2)`, r its correlation, so that an inner product
/// weighs it by `r_i^power` (Gong et al. 2014): what hardly correlates hardly counts.
final class CanonicalStart {
    private static final double LEAST = 1e-9;

    private CanonicalStart() {}

    /// A side's rows in the coordinates that the analysis takes, with the way there.
    ///
    /// @param rows `[pair, coordinates]`
    /// @param basis `[features of the output layer, coordinates]`
    private record Features(SimpleMatrix rows, SimpleMatrix basis) {}

    /// Sets the embedders' weights.
    ///
    /// @param data the training pairs, preprocessed
    /// @throws BadInputException when an embedder is neither affine nor a kernel network
    static void apply(PairedModel model, TrainingData data, CanonicalStage stage) {
        Features x = features(model, model.query(), data);
        Features y = features(model, model.target(), data);
        CanonicalCorrelation found =
                CanonicalCorrelation.fit(
                        x.rows,
                        y.rows,
                        ridge(model, model.query(), stage),
                        ridge(model, model.target(), stage));
        write(model, model.query(), x, found.x(), found, stage.power());
        write(model, model.target(), y, found.y(), found, stage.power());
        introduce(model, model.query(), model.target(), data);
        introduce(model, model.target(), model.query(), data);
    }

    /// Shows an embedder that holds hubs back its training partners.
    private static void introduce(
            PairedModel model, String modality, String other, TrainingData data) {
        String role = PairedModel.embedder(modality);
        if (model.architecture().network(role) instanceof HubDiscount discount) {
            String partner = PairedModel.embedder(other);
            Network network = undiscounted(model.architecture().network(partner));
            try (NDManager scratch = model.manager().newSubManager()) {
                float[][] embedded =
                        Rows.map(
                                scratch,
                                data.rows(other),
                                x -> UnitNorm.of(network.forward(model.parameters(), partner, x)));
                NDArray columns = Rows.matrix(scratch, Arrays.asList(embedded)).transpose();
                model.parameters()
                        .set(
                                HubDiscount.partners(role),
                                new Shape(network.outputSize(), discount.partners()),
                                columns.toFloatArray());
            }
        }
    }

    private static Network undiscounted(Network network) {
        return network instanceof HubDiscount discount ? discount.network() : network;
    }

    private static double ridge(PairedModel model, String modality, CanonicalStage stage) {
        return Settings.of(
                "canonical.ridges", stage.ridges(), model.architecture().modality(modality));
    }

    private static Features features(PairedModel model, String modality, TrainingData data) {
        String role = PairedModel.embedder(modality);
        Network network = undiscounted(model.architecture().network(role));
        float[][] rows = data.rows(modality);
        return switch (network) {
            case KernelNetwork kernel -> kernelFeatures(model, role, kernel, rows);
            case Mlp mlp when mlp.hidden().isEmpty() ->
                    new Features(matrix(rows), SimpleMatrix.identity(rows[0].length));
            default ->
                    throw new BadInputException(
                            "encoders." + modality,
                            network,
                            "has no closed form; canonical correlation needs an affine or kernel embedder");
        };
    }

    /// Coordinates in the span of the landmarks in which the kernel is an inner product: `k(x) E
    /// diag(l)^(-1/2)` for the landmarks' kernel `E diag(l) E'`.
    private static Features kernelFeatures(
            PairedModel model, String role, KernelNetwork kernel, float[][] rows) {
        Parameters parameters = model.parameters();
        float[] landmarks = new float[kernel.landmarks() * kernel.input()];
        for (int i = 0; i < kernel.landmarks(); i++) {
            int row = (int) ((long) i * rows.length / kernel.landmarks());
            System.arraycopy(rows[row], 0, landmarks, i * kernel.input(), kernel.input());
        }
        parameters.set(
                KernelNetwork.landmarks(role),
                new Shape(kernel.landmarks(), kernel.input()),
                landmarks);
        try (NDManager scratch = model.manager().newSubManager()) {
            SimpleMatrix ofRows =
                    matrix(Rows.map(scratch, rows, x -> kernel.kernel(parameters, role, x)));
            SimpleMatrix ofLandmarks =
                    matrix(
                            Rows.map(
                                    scratch,
                                    Rows.of(parameters.get(KernelNetwork.landmarks(role))),
                                    x -> kernel.kernel(parameters, role, x)));
            SimpleMatrix basis = inverseRoot(ofLandmarks);
            return new Features(ofRows.mult(basis), basis);
        }
    }

    private static SimpleMatrix inverseRoot(SimpleMatrix kernel) {
        SimpleEVD<SimpleMatrix> eigen = kernel.plus(kernel.transpose()).divide(2).eig();
        double[] values =
                eigen.getEigenvalues().stream().mapToDouble(value -> value.getReal()).toArray();
        double least = LEAST * Arrays.stream(values).max().orElseThrow();
        SimpleMatrix root = new SimpleMatrix(kernel.getNumRows(), kernel.getNumRows());
        for (int i = 0; i < values.length; i++) {
            SimpleMatrix vector = eigen.getEigenVector(i);
            if (vector != null && values[i] > least) {
                root.setColumn(i, vector.divide(Math.sqrt(values[i])));
            }
        }
        return root;
    }

    private static void write(
            PairedModel model,
            String modality,
            Features features,
            CanonicalCorrelation.Side side,
            CanonicalCorrelation found,
            double power) {
        String role = PairedModel.embedder(modality);
        Network network = undiscounted(model.architecture().network(role));
        int k = network.outputSize();
        SimpleMatrix affine = features.basis.mult(side.directions());
        SimpleMatrix origin = side.mean().mult(side.directions());
        int inputs = affine.getNumRows();
        float[] weight = new float[k * inputs];
        float[] bias = new float[k];
        for (int i = 0; i < Math.min(k, affine.getNumCols()); i++) {
            double scale = Math.pow(found.correlations()[i], power / 2);
            for (int j = 0; j < inputs; j++) {
                weight[i * inputs + j] = (float) (affine.get(j, i) * scale);
            }
            bias[i] = (float) (-origin.get(i) * scale);
        }
        String layer = network.outputLayer(role);
        model.parameters().set(layer + ".weight", new Shape(k, inputs), weight);
        model.parameters().set(layer + ".bias", new Shape(k), bias);
    }

    private static SimpleMatrix matrix(float[][] rows) {
        SimpleMatrix matrix = new SimpleMatrix(rows.length, rows[0].length);
        for (int i = 0; i < rows.length; i++) {
            for (int j = 0; j < rows[0].length; j++) {
                matrix.set(i, j, rows[i][j]);
            }
        }
        return matrix;
    }
}
