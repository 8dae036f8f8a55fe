package dev.gimbal.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import dev.gimbal.dataset.DatasetOptions;
import dev.gimbal.dataset.Datasets;
import dev.gimbal.dataset.MultimodalDataset;
import dev.gimbal.dataset.Split;
import dev.gimbal.family.Family;
import dev.gimbal.family.Rivae;
import dev.gimbal.network.Rows;
import java.util.Arrays;
import java.util.Map;
import java.util.Random;
import org.ejml.simple.SimpleMatrix;
import org.junit.jupiter.api.Test;

class LinearStartTest {
    private static final MultimodalDataset DATA =
            Datasets.of("embeddings")
                    .open(
                            new DatasetOptions(
                                    1, Map.of("pairs", "2500", "dimension", "32", "noise", "1")));

    /// x2 = 3 x1 + 5 in one coordinate, noise in the other: the first is found, exactly.
    @Test
    void anAffineRelationIsFound() {
        Random random = new Random(1);
        float[][] x1 = new float[5_000][];
        float[][] x2 = new float[x1.length][];
        for (int i = 0; i < x1.length; i++) {
            x1[i] = new float[] {(float) random.nextGaussian(), (float) random.nextGaussian()};
            x2[i] = new float[] {3 * x1[i][0] + 5, (float) random.nextGaussian()};
        }
        try (NDManager manager = NDManager.newBaseManager()) {
            LinearStart start = LinearStart.of(Moments.of(manager, x1, x2), 1, 1e-6);

            assertThat(Math.abs(start.encode().get(0, 0))).isCloseTo(1, within(.05));
            assertThat(start.encode().get(1, 0)).isCloseTo(0, within(.05));
            assertThat(start.encode().get(0, 0) * start.decode().get(0, 0))
                    .isCloseTo(3, within(.01));
            assertThat(start.mean2()[0]).isCloseTo(5, within(.2));
        }
    }

    @Test
    void momentsAreThoseOfTheDefinition() {
        float[][] x1 = {{1, 2}, {3, 2}, {5, 8}};
        float[][] x2 = {{1}, {2}, {6}};
        try (NDManager manager = NDManager.newBaseManager()) {
            Moments moments = Moments.of(manager, x1, x2);

            assertThat(moments.mean1()).containsExactly(3, 4);
            assertThat(moments.covariance1().get(0, 1)).isCloseTo(4, within(1e-5));
            assertThat(moments.cross().get(0, 0)).isCloseTo(10 / 3.0, within(1e-5));
            assertThat(moments.covariance2().get(0, 0)).isCloseTo(14 / 3.0, within(1e-5));
        }
    }

    @Test
    void meansOfZStartWhiteAndTheDecoderStartsAtTheRegression() {
        try (NDManager manager = NDManager.newBaseManager()) {
            TrainingPlan plan = Plans.of(Family.RIVAE, settings(), DATA, 1, manager);
            Rivae model = (Rivae) plan.model();
            TrainingData train = TrainingData.of(DATA, Split.TRAIN, model.architecture());

            LinearStart.apply(model, train, 1e-4);

            float[][] z =
                    Rows.map(
                            manager,
                            train.rows("x1"),
                            x -> model.inferEmbedded(model.embed("x1", x)).mean());
            SimpleMatrix centred = Whitening.centred(z, Whitening.mean(z));
            SimpleMatrix covariance = centred.transpose().mult(centred).divide(z.length);
            assertThat(covariance.minus(SimpleMatrix.identity(6)).normF()).isLessThan(.05);
            assertThat(residual(model, train, z)).isLessThan(.9 * variance(train.rows("x2")));
        }
    }

    private static double residual(Rivae model, TrainingData train, float[][] z) {
        float[][] found = Rows.map(model.manager(), z, row -> located(model, row));
        double sum = 0;
        for (int i = 0; i < found.length; i++) {
            for (int j = 0; j < found[i].length; j++) {
                sum += Math.pow(found[i][j] - train.rows("x2")[i][j], 2);
            }
        }
        return sum / found.length;
    }

    private static NDArray located(Rivae model, NDArray z) {
        return model.decode(z, 1).points();
    }

    private static double variance(float[][] rows) {
        double[] mean = Whitening.mean(rows);
        return Arrays.stream(rows)
                        .mapToDouble(row -> {
                            double sum = 0;
                            for (int j = 0; j < row.length; j++) {
                                sum += Math.pow(row[j] - mean[j], 2);
                            }
                            return sum;
                        })
                        .sum()
                / rows.length;
    }

    private static PairedSettings settings() {
        return (PairedSettings) Presets.of(Family.RIVAE, "embeddings").withLatent(6);
    }
}
