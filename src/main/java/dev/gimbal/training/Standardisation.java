package dev.gimbal.training;

import ai.djl.ndarray.NDManager;
import dev.gimbal.family.PairedModel;
import dev.gimbal.network.Blur;

/// Fits what preprocessing takes out: the training data's mean picture, and one common deviation.
final class Standardisation {
    private Standardisation() {}

    static void fit(PairedModel model, TrainingData raw) {
        model.architecture()
                .preprocessing()
                .forEach((modality, blur) -> fit(model, modality, blur, raw));
    }

    private static void fit(PairedModel model, String modality, Blur blur, TrainingData raw) {
        float[][] blurred;
        try (NDManager scratch = model.manager().newSubManager()) {
            blurred = TrainingData.mapRows(scratch, raw.rows(modality), blur::apply);
        }
        int width = blur.outputSize();
        double[] mean = new double[width];
        for (float[] row : blurred) {
            for (int i = 0; i < width; i++) {
                mean[i] += row[i] / blurred.length;
            }
        }
        double squares = 0;
        for (float[] row : blurred) {
            for (int i = 0; i < width; i++) {
                squares += (row[i] - mean[i]) * (row[i] - mean[i]);
            }
        }
        float[] centre = new float[width];
        for (int i = 0; i < width; i++) {
            centre[i] = (float) mean[i];
        }
        double deviation = Math.sqrt(squares / ((double) blurred.length * width));
        model.standardise(modality, centre, (float) Math.max(deviation, 1e-6));
    }
}
