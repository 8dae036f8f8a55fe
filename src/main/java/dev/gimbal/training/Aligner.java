package dev.gimbal.training;

import ai.djl.ndarray.NDManager;
import dev.gimbal.family.Alignment;
import dev.gimbal.family.Rivae;
import dev.gimbal.network.Rows;
import java.util.Arrays;
import java.util.List;
import org.ejml.simple.SimpleMatrix;

/// Aligns the axes of z from the training queries' prior means.
final class Aligner {
    private Aligner() {}

    /// Label-free, by FastICA. The axes of the way back take the order and signs of those of the
    /// way there that they correlate with over the training pairs, so that a knob means the same in
    /// both.
    ///
    /// @param preprocessed the training split
    static void fastIca(List<Rivae> directions, TrainingData preprocessed, long seed) {
        Rivae first = directions.getFirst();
        for (Rivae model : directions) {
            float[][] means = means(model, preprocessed);
            model.align(model.alignment().then(FastIca.fit(means, seed).alignment()));
            if (model != first) {
                SimpleMatrix correlations =
                        correlations(means(model, preprocessed), means(first, preprocessed));
                model.align(model.alignment().then(permutation(AxisOrder.of(correlations))));
            }
            Anchor.set(model, means(model, preprocessed));
        }
    }

    /// Between the columns of two matrices of as many rows, `[columns of a, columns of b]`.
    private static SimpleMatrix correlations(float[][] a, float[][] b) {
        SimpleMatrix x = standardised(a);
        return x.transpose().mult(standardised(b));
    }

    private static SimpleMatrix standardised(float[][] rows) {
        SimpleMatrix x = new SimpleMatrix(rows.length, rows[0].length);
        for (int i = 0; i < rows.length; i++) {
            for (int j = 0; j < rows[i].length; j++) {
                x.set(i, j, rows[i][j]);
            }
        }
        for (int j = 0; j < x.getNumCols(); j++) {
            SimpleMatrix column = x.extractVector(false, j);
            SimpleMatrix centred = column.minus(column.elementSum() / rows.length);
            x.insertIntoThis(0, j, centred.divide(Math.max(centred.normF(), Double.MIN_NORMAL)));
        }
        return x;
    }

    private static Alignment permutation(SimpleMatrix order) {
        int d = order.getNumRows();
        float[][] matrix = new float[d][d];
        float[][] inverse = new float[d][d];
        for (int i = 0; i < d; i++) {
            for (int j = 0; j < d; j++) {
                matrix[i][j] = (float) order.get(i, j);
                inverse[j][i] = matrix[i][j];
            }
        }
        return new Alignment(matrix, inverse, new float[d]);
    }

    /// From a few labelled training examples.
    ///
    /// @param preprocessed the training split
    static void procrustes(Rivae model, TrainingData preprocessed, Labels.Rows labels) {
        float[][] means = means(model, preprocessed);
        float[][] labelled =
                Arrays.stream(labels.positions())
                        .mapToObj(position -> means[position])
                        .toArray(float[][]::new);
        model.align(
                model.alignment()
                        .then(OrthogonalProcrustes.fit(means, labelled, labels.factors())));
    }

    /// Prior means of the queries in the present chart, `[query][latent]`.
    static float[][] means(Rivae model, TrainingData preprocessed) {
        try (NDManager scratch = model.manager().newSubManager()) {
            return Rows.map(
                    scratch,
                    preprocessed.rows(model.query()),
                    x -> model.inferEmbedded(model.embed(model.query(), x)).mean());
        }
    }
}
