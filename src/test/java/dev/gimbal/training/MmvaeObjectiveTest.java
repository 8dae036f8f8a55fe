package dev.gimbal.training;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDManager;
import dev.gimbal.dataset.Split;
import dev.gimbal.distribution.Likelihood;
import dev.gimbal.family.Family;
import dev.gimbal.network.Parameters;
import java.util.Arrays;
import java.util.Map;
import java.util.random.RandomGeneratorFactory;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

/// The doubly reparameterised gradient of Tucker et al. 2019 beside the plain one. Where every
/// example lacks `x2` the mixture is one component, and both estimate the same gradient: those of
/// decoders draw by draw, those of encoders on average.
class MmvaeObjectiveTest {
    private static final int SAMPLES = 3;
    private static final int DRAWS = 4_000;
    private static final int SEEDS = 10;

    @AutoClose private final NDManager manager = NDManager.newBaseManager();

    @Test
    void aDecodersGradientIsThePlainOne() {
        double[] plain = gradient(VaeSettings.Bound.IWAE, 1, "decoder.x1");
        double[] doubly = gradient(VaeSettings.Bound.DREG, 1, "decoder.x1");

        assertThat(length(plain)).isGreaterThan(0.1);
        assertThat(length(difference(plain, doubly))).isLessThan(1e-4 * length(plain));
    }

    @Test
    void anEncodersGradientIsThePlainOneOnAverageAndVariesLess() {
        double[][] plain = gradients(VaeSettings.Bound.IWAE);
        double[][] doubly = gradients(VaeSettings.Bound.DREG);

        double[] expected = mean(plain);
        double error = length(difference(expected, mean(doubly))) / length(expected);
        assertThat(error).as("relative error").isLessThan(0.05);
        assertThat(spread(doubly)).isLessThan(spread(plain));
    }

    /// Of the encoder of x1, from each seed.
    private double[][] gradients(VaeSettings.Bound bound) {
        double[][] gradients = new double[SEEDS][];
        Arrays.setAll(gradients, seed -> gradient(bound, seed, "encoder.x1"));
        return gradients;
    }

    /// The mean over so many draws of one example.
    private double[] gradient(VaeSettings.Bound bound, long seed, String network) {
        VaeSettings settings =
                SmallSettings.drawing(
                        SmallSettings.bounded(bound, SAMPLES), "vector", Likelihood.Kind.GAUSSIAN);
        float[] x1 = SmallPairs.CLEAN.example(Split.TRAIN, 0).values().get("x1").numbers();
        float[][] same = new float[DRAWS][];
        Arrays.fill(same, x1);
        TrainingData data =
                new TrainingData(
                        Map.of("x1", same, "x2", new float[DRAWS][5]),
                        Map.of("x2", new boolean[DRAWS]));
        int[] order = new int[DRAWS];
        Arrays.setAll(order, i -> i);
        try (NDManager scratch = manager.newSubManager()) {
            TrainingPlan plan = Plans.of(Family.MMVAE, settings, SmallPairs.CLEAN, 1, scratch);
            Parameters parameters = plan.model().parameters();
            parameters.track(_ -> true);
            var random = RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
            Batch batch = data.batch(scratch, order, 0, DRAWS, random, 0);
            try (var tape = Engine.getInstance().newGradientCollector()) {
                tape.backward(plan.stages().getFirst().objective().of(batch).total());
            }
            return parameters.names().stream()
                    .filter(name -> name.startsWith(network))
                    .flatMapToDouble(name -> {
                        float[] entries = parameters.get(name).getGradient().toFloatArray();
                        double[] wide = new double[entries.length];
                        Arrays.setAll(wide, i -> entries[i]);
                        return Arrays.stream(wide);
                    })
                    .toArray();
        }
    }

    private static double[] mean(double[][] rows) {
        double[] mean = new double[rows[0].length];
        for (double[] row : rows) {
            for (int i = 0; i < mean.length; i++) {
                mean[i] += row[i] / rows.length;
            }
        }
        return mean;
    }

    /// How far the rows lie from their mean.
    private static double spread(double[][] rows) {
        double[] mean = mean(rows);
        return Arrays.stream(rows).mapToDouble(row -> length(difference(row, mean))).sum();
    }

    private static double[] difference(double[] a, double[] b) {
        double[] difference = new double[a.length];
        Arrays.setAll(difference, i -> a[i] - b[i]);
        return difference;
    }

    private static double length(double[] vector) {
        return Math.sqrt(Arrays.stream(vector).map(x -> x * x).sum());
    }
}
