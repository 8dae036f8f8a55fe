package dev.gimbal.dataset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.gimbal.dataset.Embeddings.Extent;
import dev.gimbal.metric.Ranks;
import dev.gimbal.metric.RecallAtK;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class EmbeddingsTest {
    private static final Embeddings STANDARD = new Embeddings(Extent.STANDARD, 1);

    @Test
    void vectorsHaveUnitLength() {
        for (int i = 0; i < 20; i++) {
            assertThat(dot(x1(STANDARD, i), x1(STANDARD, i))).isCloseTo(1, within(1e-5));
            assertThat(dot(x2(STANDARD, i), x2(STANDARD, i))).isCloseTo(1, within(1e-5));
        }
    }

    @Test
    void theCosineFindsTheRightOneAmongTheFirstTenOfAThousandInEightToNineOfTenCases() {
        int n = 1_000;
        float[][] scores = new float[n][n];
        float[][] items = new float[n][];
        for (int i = 0; i < n; i++) {
            items[i] = x2(STANDARD, i);
        }
        for (int i = 0; i < n; i++) {
            float[] query = x1(STANDARD, i);
            for (int j = 0; j < n; j++) {
                scores[i][j] = (float) dot(query, items[j]);
            }
        }

        int[] ranks = IntStream.range(0, n).map(i -> Ranks.of(scores[i], i)).toArray();
        assertThat(RecallAtK.of(ranks, 10)).isBetween(.8, .9);
    }

    @Test
    void theModalitiesLieApart() {
        double[] mean1 = new double[512];
        double[] mean2 = new double[512];
        int n = 500;
        for (int i = 0; i < n; i++) {
            float[] first = x1(STANDARD, i);
            float[] second = x2(STANDARD, i);
            for (int j = 0; j < 512; j++) {
                mean1[j] += first[j] / n;
                mean2[j] += second[j] / n;
            }
        }
        double gap = 0;
        for (int j = 0; j < 512; j++) {
            gap += (mean1[j] - mean2[j]) * (mean1[j] - mean2[j]);
        }

        assertThat(Math.sqrt(gap)).isGreaterThan(.5);
    }

    @Test
    void aSeedRepeatsItAndAnotherDoesNot() {
        Embeddings again = new Embeddings(Extent.STANDARD, 1);
        Embeddings other = new Embeddings(Extent.STANDARD, 2);

        assertThat(x1(again, 7)).isEqualTo(x1(STANDARD, 7));
        assertThat(x1(other, 7)).isNotEqualTo(x1(STANDARD, 7));
        assertThat(other.fingerprint()).isNotEqualTo(STANDARD.fingerprint());
    }

    @Test
    void splitsShareNoExample() {
        assertThat(x1(STANDARD, 0))
                .isNotEqualTo(STANDARD.example(Split.TRAIN, 0).values().get("x1").numbers());
        assertThat(STANDARD.size(Split.TRAIN)).isEqualTo(40_000);
        assertThat(STANDARD.size(Split.TEST)).isEqualTo(5_000);
    }

    @Test
    void factorsAreUniformWithUnitVariance() {
        FactorTable factors =
                new Embeddings(new Extent(50_000, 512, 3.6, 8), 1).factors(Split.TEST);
        assertThat(STANDARD.factors(Split.TEST).isEmpty()).isTrue();

        for (int j = 0; j < factors.names().size(); j++) {
            double squares = 0;
            double largest = 0;
            for (float[] row : factors.values()) {
                squares += row[j] * row[j] / (double) factors.values().length;
                largest = Math.max(largest, Math.abs(row[j]));
            }
            assertThat(squares).isCloseTo(1, within(.06));
            assertThat(largest).isLessThanOrEqualTo(Math.sqrt(3) + 1e-6);
        }
    }

    @Test
    void aDimensionThatIsNoPowerOfTwoIsRefused() {
        assertThatThrownBy(() ->
                        Datasets.of("embeddings")
                                .open(new DatasetOptions(1, Map.of("dimension", "500"))))
                .isInstanceOf(BadInputException.class)
                .hasMessageContaining("power of two");
    }

    private static float[] x1(Embeddings data, int i) {
        return data.example(Split.TEST, i).values().get("x1").numbers();
    }

    private static float[] x2(Embeddings data, int i) {
        return data.example(Split.TEST, i).values().get("x2").numbers();
    }

    private static double dot(float[] a, float[] b) {
        double sum = 0;
        for (int i = 0; i < a.length; i++) {
            sum += a[i] * b[i];
        }
        return sum;
    }
}
