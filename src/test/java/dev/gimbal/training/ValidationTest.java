package dev.gimbal.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import dev.gimbal.dataset.Modality;
import dev.gimbal.family.Architecture;
import dev.gimbal.family.CosSim;
import dev.gimbal.family.Family;
import dev.gimbal.network.Activation;
import dev.gimbal.network.Mlp;
import dev.gimbal.network.Network;
import dev.gimbal.network.Parameters;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

class ValidationTest {
    private static final Network PLAIN = new Mlp(2, List.of(), 2, Activation.TANH);
    private static final float[][] CIRCLE = {{1, 0}, {0, 1}, {-1, 0}, {0, -1}};

    @AutoClose private final NDManager manager = NDManager.newBaseManager();

    private final CosSim model = identity();

    @Test
    void equalEmbeddingsAreFoundAtRankOne() {
        assertThat(measure(CIRCLE))
                .containsEntry("recallAt1", 1.0)
                .containsEntry("medianRank", 1.0)
                .containsEntry("meanReciprocalRank", 1.0);
    }

    @Test
    void ranksAreTheirPlaceAmongAllItems() {
        // every query meets its neighbour's item: its own is at a right angle, as is one other
        float[][] turned = {CIRCLE[1], CIRCLE[2], CIRCLE[3], CIRCLE[0]};

        Map<String, Double> metrics = measure(turned);

        assertThat(metrics).containsEntry("recallAt1", 0.0).containsEntry("medianRank", 3.0);
        assertThat(metrics.get("meanReciprocalRank")).isCloseTo(1 / 3.0, within(1e-9));
    }

    @Test
    void tiesCountAgainstTheModel() {
        float[][] same = {{1, 0}, {1, 0}, {1, 0}, {1, 0}};

        assertThat(measure(same)).containsEntry("recallAt1", 0.0).containsEntry("medianRank", 4.0);
    }

    @Test
    void scoresThatAreNoNumbersFindNothing() {
        float nan = Float.NaN;
        float[][] nowhere = {{nan, nan}, {nan, nan}, {nan, nan}, {nan, nan}};

        assertThat(measure(nowhere))
                .containsEntry("recallAt1", 0.0)
                .containsEntry("medianRank", 4.0)
                .containsEntry("meanReciprocalRank", 0.25);
    }

    private Map<String, Double> measure(float[][] items) {
        return Validation.measure(model, new TrainingData(Map.of("x1", CIRCLE, "x2", items)));
    }

    /// A model whose embedders only normalise.
    private CosSim identity() {
        Parameters parameters = new Parameters(manager);
        for (String modality : List.of("x1", "x2")) {
            String layer = "embedder." + modality + ".0";
            parameters.set(layer + ".weight", new Shape(2, 2), new float[] {1, 0, 0, 1});
            parameters.set(layer + ".bias", new Shape(2), new float[2]);
        }
        return new CosSim(
                new Architecture(
                        Family.COS_SIM,
                        List.of(Modality.vector("x1", 2), Modality.vector("x2", 2)),
                        Map.of(),
                        Map.of("embedder.x1", PLAIN, "embedder.x2", PLAIN),
                        Map.of()),
                parameters);
    }
}
