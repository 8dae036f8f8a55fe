package dev.gimbal.family;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LociTest {

    @ParameterizedTest
    @ValueSource(ints = {3, 32, 33, 200})
    void scoresAreTheSimilarityOfEachPairInNarrowAndInWideSpaces(int dimension) {
        Random random = new Random(1);
        float[][] points = unit(random, 4, dimension);
        float[][] vectors = unit(random, 5, dimension);
        try (NDManager manager = NDManager.newBaseManager()) {
            Loci loci = new Loci(manager.create(points), Similarity.NEGATIVE_SQUARED_L2, 50, -1);

            float[] scores = loci.scores(manager.create(vectors)).toFloatArray();

            assertThat(scores).hasSize(20);
            for (int i = 0; i < 4; i++) {
                for (int j = 0; j < 5; j++) {
                    double similarity = Similarity.NEGATIVE_SQUARED_L2.of(points[i], vectors[j]);
                    assertThat((double) scores[i * 5 + j])
                            .isEqualTo(50 * similarity - 1, within(1e-4));
                }
            }
            assertThat(loci.scores(manager.create(vectors)).getShape()).isEqualTo(new Shape(4, 5));
        }
    }

    private static float[][] unit(Random random, int rows, int columns) {
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
