package dev.gimbal.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDManager;
import dev.gimbal.dataset.Split;
import dev.gimbal.family.Family;
import dev.gimbal.family.Models;
import dev.gimbal.family.PairedModel;
import dev.gimbal.network.Rows;
import java.util.Map;
import java.util.random.RandomGeneratorFactory;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

class OneSidedStartTest {
    @AutoClose private final NDManager manager = NDManager.newBaseManager();

    private final PairedModel model = Models.paired(Family.COS_SIM, manager, 1);

    @Test
    void bothEmbeddersStartAroundTheSameUnitVectorWithTheirSpread() {
        TrainingData data = TrainingData.of(SmallPairs.CLEAN, Split.TRAIN, model.architecture());

        apply(data, 0.3);

        double[] first = mean(outputs(data, "x1"));
        double[] second = mean(outputs(data, "x2"));
        assertThat(second).containsExactly(first, within(1e-5));
        double norm = 0;
        for (double entry : first) {
            norm += entry * entry;
        }
        assertThat(norm).isCloseTo(1, within(1e-5));
        assertThat(deviation(outputs(data, "x1"), first)).isCloseTo(0.3, within(1e-4));
        assertThat(deviation(outputs(data, "x2"), first)).isCloseTo(0.3, within(1e-4));
    }

    @Test
    void examplesThatAreAllTheSameAreRefused() {
        float[][] same = {new float[6], new float[6]};
        TrainingData data = new TrainingData(Map.of("x1", same));

        assertThatThrownBy(() -> apply(data, 0.3))
                .isInstanceOf(TrainingFailedException.class)
                .hasMessageContaining("'x1'");
    }

    private void apply(TrainingData data, double spread) {
        OneSidedStart.apply(
                model, data, spread, RandomGeneratorFactory.of("L64X128MixRandom").create(2));
    }

    private float[][] outputs(TrainingData data, String modality) {
        String role = "embedder." + modality;
        return Rows.map(
                manager,
                data.rows(modality),
                x -> model.architecture().network(role).forward(model.parameters(), role, x));
    }

    private static double[] mean(float[][] rows) {
        double[] mean = new double[rows[0].length];
        for (float[] row : rows) {
            for (int i = 0; i < mean.length; i++) {
                mean[i] += row[i] / (double) rows.length;
            }
        }
        return mean;
    }

    /// Root of the mean squared distance from the mean.
    private static double deviation(float[][] rows, double[] mean) {
        double squares = 0;
        for (float[] row : rows) {
            for (int i = 0; i < mean.length; i++) {
                squares += (row[i] - mean[i]) * (row[i] - mean[i]) / rows.length;
            }
        }
        return Math.sqrt(squares);
    }
}
