package dev.gimbal.retrieval;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.gimbal.dataset.BadInputException;
import dev.gimbal.family.Locus;
import dev.gimbal.family.Similarity;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class WeightedLociTest {
    private final Random random = new Random(7);

    @ParameterizedTest
    @EnumSource(Similarity.class)
    void scoresOfTheMixAreTheWeightedSumOfTheParts(Similarity similarity) {
        double[] weights = {1.5, 0.5, -0.7};
        assertSum(similarity, weights);
    }

    @Test
    void squaredDistancesWhoseWeightsCancelBecomeAnInnerProduct() {
        assertThat(assertSum(Similarity.NEGATIVE_SQUARED_L2, new double[] {1, -1}).similarity())
                .isEqualTo(Similarity.INNER_PRODUCT);
    }

    @Test
    void squaredDistancesWithPositiveWeightsMeetAtTheWeightedMean() {
        Locus a = new Locus(new float[] {0, 0}, Similarity.NEGATIVE_SQUARED_L2, 1, 0);
        Locus b = new Locus(new float[] {4, 8}, Similarity.NEGATIVE_SQUARED_L2, 1, 0);
        Locus mix = new WeightedLoci(List.of(a, b), new double[] {3, 1}).sum();
        assertThat(mix.point()).containsExactly(1, 2);
        assertThat(mix.scale()).isEqualTo(4);
    }

    @Test
    void negativeTotalsOfSquaredDistancesAreRefused() {
        Locus a = new Locus(new float[] {1, 0}, Similarity.NEGATIVE_SQUARED_L2, 1, 0);
        assertThatThrownBy(() -> new WeightedLoci(List.of(a, a), new double[] {1, -2}).sum())
                .isInstanceOf(BadInputException.class)
                .hasMessageContaining("less than 0");
    }

    @Test
    void partsThatCancelOutAreRefused() {
        Locus a = new Locus(new float[] {1, 2}, Similarity.COSINE, 1, 0);
        assertThatThrownBy(() -> new WeightedLoci(List.of(a, a), new double[] {1, -1}).sum())
                .isInstanceOf(BadInputException.class)
                .hasMessageContaining("cancel");
    }

    private Locus assertSum(Similarity similarity, double[] weights) {
        List<Locus> loci =
                java.util.stream.IntStream.range(0, weights.length)
                        .mapToObj(i -> new Locus(vector(), similarity, 2, 0.3 * i))
                        .toList();
        Locus mix = new WeightedLoci(loci, weights).sum();
        for (int trial = 0; trial < 20; trial++) {
            float[] item = vector();
            double expected = 0;
            for (int i = 0; i < weights.length; i++) {
                expected += weights[i] * loci.get(i).score(item);
            }
            assertThat(mix.score(item)).isCloseTo(expected, within(1e-4));
        }
        return mix;
    }

    private float[] vector() {
        float[] vector = new float[5];
        for (int i = 0; i < vector.length; i++) {
            vector[i] = (float) random.nextGaussian();
        }
        return vector;
    }
}
