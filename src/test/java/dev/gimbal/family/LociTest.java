package dev.gimbal.family;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class LociTest {
    private static final float[][] POINTS = {{1, 2, -1}, {0.5f, 0, 3}};
    private static final float[][] VECTORS = {{2, 0, 1}, {-1, 1, 1}, {1, 2, -1}};

    @AutoClose private final NDManager manager = NDManager.newBaseManager();

    @ParameterizedTest
    @EnumSource(Similarity.class)
    void aBatchScoresAsEachLocusDoes(Similarity similarity) {
        Loci loci = new Loci(manager.create(POINTS), similarity, 3, -7);

        NDArray scores = loci.scores(manager.create(VECTORS));
        List<Locus> each = loci.toList();

        for (int i = 0; i < POINTS.length; i++) {
            for (int j = 0; j < VECTORS.length; j++) {
                assertThat((double) scores.getFloat(i, j))
                        .isCloseTo(each.get(i).score(VECTORS[j]), within(1e-4));
            }
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {3, 32, 33, 200})
    void squaredDistancesAreTheSameInNarrowAndInWideSpaces(int dimension) {
        float[][] points = unit(4, dimension, 1);
        float[][] vectors = unit(5, dimension, 2);
        Loci loci = new Loci(manager.create(points), Similarity.NEGATIVE_SQUARED_L2, 50, -1);

        NDArray scores = loci.scores(manager.create(vectors));

        for (int i = 0; i < points.length; i++) {
            for (int j = 0; j < vectors.length; j++) {
                double similarity = Similarity.NEGATIVE_SQUARED_L2.of(points[i], vectors[j]);
                assertThat((double) scores.getFloat(i, j))
                        .isCloseTo(50 * similarity - 1, within(1e-4));
            }
        }
    }

    @ParameterizedTest
    @EnumSource(Similarity.class)
    void pairwiseScoresAreTheDiagonal(Similarity similarity) {
        Loci loci = new Loci(manager.create(POINTS), similarity, 3, -7);

        float[] pairwise = loci.pairwise(manager.create(VECTORS).get("0:2")).toFloatArray();

        NDArray table = loci.scores(manager.create(VECTORS));
        assertThat(pairwise)
                .containsExactly(
                        new float[] {table.getFloat(0, 0), table.getFloat(1, 1)}, within(1e-4f));
    }

    @Test
    void similaritiesAreTheirFormulas() {
        float[] p = {3, 4};
        float[] r = {0, 2};

        assertThat(Similarity.INNER_PRODUCT.of(p, r)).isEqualTo(8);
        assertThat(Similarity.COSINE.of(p, r)).isCloseTo(0.8, within(1e-12));
        assertThat(Similarity.NEGATIVE_SQUARED_L2.of(p, r)).isEqualTo(-13);
    }

    @Test
    void aSquaredDistanceFarFromTheOriginDoesNotCancel() {
        float[] p = {10_000, 10_000.001f};
        float[] r = {10_000, 10_000};

        double difference = (double) p[1] - r[1];
        assertThat(Similarity.NEGATIVE_SQUARED_L2.of(p, r)).isEqualTo(-difference * difference);
    }

    @Test
    void nothingPointsTheSameWayAsZero() {
        assertThat(Similarity.COSINE.of(new float[] {1, 1}, new float[2])).isZero();
    }

    @Test
    void vectorsOfDifferentLengthsAreRefused() {
        assertThatThrownBy(() -> Similarity.COSINE.of(new float[2], new float[3]))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("2")
                .hasMessageContaining("3");
    }

    @Test
    void aScaleThatIsNotPositiveIsRefused() {
        for (double scale : new double[] {0, -1, Double.NaN}) {
            assertThatThrownBy(() -> new Locus(new float[1], Similarity.COSINE, scale, 0))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining(String.valueOf(scale));
        }
    }

    private static float[][] unit(int rows, int columns, long seed) {
        RandomGenerator random = RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
        float[][] matrix = new float[rows][columns];
        for (float[] row : matrix) {
            double norm = 0;
            for (int j = 0; j < columns; j++) {
                row[j] = (float) random.nextGaussian();
                norm += row[j] * row[j];
            }
            for (int j = 0; j < columns; j++) {
                row[j] /= (float) Math.sqrt(norm);
            }
        }
        return matrix;
    }
}
