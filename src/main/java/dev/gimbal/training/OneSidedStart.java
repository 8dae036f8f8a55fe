package dev.gimbal.training;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import dev.gimbal.family.PairedModel;
import dev.gimbal.network.Network;
import dev.gimbal.network.Parameters;
import dev.gimbal.network.Rows;
import java.util.random.RandomGenerator;

/// Rescales the embedders' last layers so that their outputs start near one side of the sphere: `u
/// + spread * noise`, the same unit vector u for both modalities. From there a short first stage
///   unfolds the chart without crumpling it.
final class OneSidedStart {
    /// What is left of no variance at all by rounding, relative to the mean's square.
    private static final double LEAST_SPREAD = 1e-10;

    private OneSidedStart() {}

    static void apply(PairedModel model, TrainingData data, double spread, RandomGenerator random) {
        int k = model.architecture().network(PairedModel.embedder(model.query())).outputSize();
        double[] side = random.doubles(k, -1, 1).toArray();
        double norm = 0;
        for (double component : side) {
            norm += component * component;
        }
        for (int i = 0; i < k; i++) {
            side[i] /= Math.sqrt(norm);
        }
        for (String modality : data.values().keySet()) {
            rescale(model, modality, data.rows(modality), spread, side);
        }
    }

    private static void rescale(
            PairedModel model, String modality, float[][] rows, double spread, double[] side) {
        String role = PairedModel.embedder(modality);
        Network network = model.architecture().network(role);
        String layer = network.outputLayer(role);
        if (layer == null) {
            return;
        }
        Parameters parameters = model.parameters();
        float[][] outputs;
        try (NDManager scratch = model.manager().newSubManager()) {
            outputs = Rows.map(scratch, rows, x -> network.forward(parameters, role, x));
        }
        double[] mean = new double[side.length];
        double squares = 0;
        for (float[] output : outputs) {
            for (int i = 0; i < mean.length; i++) {
                mean[i] += output[i] / (double) outputs.length;
            }
        }
        for (float[] output : outputs) {
            for (int i = 0; i < mean.length; i++) {
                squares += (output[i] - mean[i]) * (output[i] - mean[i]);
            }
        }
        double length = 0;
        for (double component : mean) {
            length += component * component;
        }
        if (!(squares > LEAST_SPREAD * outputs.length * length)) {
            throw new TrainingFailedException(
                    "the embedder of '"
                            + modality
                            + "' gives every training example the same output, or none that is a number");
        }
        double scale = spread / Math.sqrt(squares / outputs.length);
        NDArray weight = parameters.get(layer + ".weight");
        float[] weights = weight.toFloatArray();
        for (int i = 0; i < weights.length; i++) {
            weights[i] *= (float) scale;
        }
        weight.set(weights);
        NDArray bias = parameters.get(layer + ".bias");
        float[] biases = bias.toFloatArray();
        for (int i = 0; i < biases.length; i++) {
            biases[i] = (float) (side[i] - (mean[i] - biases[i]) * scale);
        }
        bias.set(biases);
    }
}
