package dev.gimbal.index;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gimbal.embedding.DeviceChoice;
import dev.gimbal.family.Locus;
import dev.gimbal.family.Similarity;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class NearestVectorsTest {
    private static final SplittableRandom RANDOM = new SplittableRandom(1);

    private static float[][] points(int count) {
        return Stream.generate(() -> new float[] {number(), number(), number()})
                .limit(count)
                .toArray(float[][]::new);
    }

    private static float number() {
        return (float) RANDOM.nextGaussian();
    }

    private static List<Locus> loci(float[][] points, Similarity similarity) {
        return Arrays.stream(points).map(p -> new Locus(p, similarity, 2, 1)).toList();
    }

    @ParameterizedTest
    @EnumSource
    void theNearestOfAllIsFoundForEveryPoint(Similarity similarity) {
        float[][] vectors = points(500);
        List<Locus> loci = loci(points(300), similarity);
        try (NearestVectors nearest = new NearestVectors(vectors, DeviceChoice.CPU)) {
            int[] found = nearest.nearest(loci);
            for (int i = 0; i < found.length; i++) {
                Locus locus = loci.get(i);
                double best = Arrays.stream(vectors).mapToDouble(locus::score).max().orElseThrow();
                assertThat(locus.score(vectors[found[i]])).isEqualTo(best);
            }
        }
    }

    @Test
    void ofEquallyNearVectorsTheFirstCounts() {
        float[][] twice =
                IntStream.range(0, 400)
                        .mapToObj(i -> new float[] {i / 2, 0})
                        .toArray(float[][]::new);
        try (NearestVectors nearest = new NearestVectors(twice, DeviceChoice.CPU)) {
            assertThat(
                            nearest.nearest(
                                    loci(
                                            new float[][] {{0, 1}, {7, 1}, {199, -1}},
                                            Similarity.NEGATIVE_SQUARED_L2)))
                    .containsExactly(0, 14, 398);
        }
    }

    @Test
    void aPointThatIsNotANumberIsRefused() {
        try (NearestVectors nearest = new NearestVectors(points(100), DeviceChoice.CPU)) {
            List<Locus> nowhere =
                    loci(new float[][] {{Float.NaN, 0, 0}}, Similarity.NEGATIVE_SQUARED_L2);
            assertThatThrownBy(() -> nearest.nearest(nowhere)).hasMessageContaining("NaN");
        }
    }
}
