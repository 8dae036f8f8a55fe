package dev.gimbal.metric;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class RanksTest {

    @Test
    void theBestItemHasRankOneAndTheWorstIsLast() {
        assertThat(Ranks.of(new float[] {.1f, .9f, .5f}, 1)).isEqualTo(1);
        assertThat(Ranks.of(new float[] {.1f, .9f, .5f}, 0)).isEqualTo(3);
    }

    @Test
    void aTieCountsAgainstTheModel() {
        assertThat(Ranks.of(new float[] {1, 1, 0}, 0)).isEqualTo(2);
        assertThat(Ranks.of(new float[100], 42)).isEqualTo(100);
        assertThat(Ranks.of(new float[] {Float.NaN, 0, 1}, 0)).isEqualTo(3);
        assertThat(Ranks.of(new float[] {Float.NaN, 0, 1}, 2)).isEqualTo(2);
    }

    @Test
    void metricsAreTheirDefinitions() {
        int[] ranks = {1, 2, 6, 11};
        assertThat(RetrievalMetric.all(ranks))
                .containsEntry("recallAt1", .25)
                .containsEntry("recallAt5", .5)
                .containsEntry("recallAt10", .75)
                .containsEntry("medianRank", 4.0)
                .containsEntry("meanReciprocalRank", (1 + 1 / 2.0 + 1 / 6.0 + 1 / 11.0) / 4);
        assertThat(MedianRank.of(new int[] {9, 1, 3})).isEqualTo(3);
    }

    @Test
    void perfectScoresAreAllFirstAndRandomOnesAreChance() {
        float[][] perfect = new float[200][200];
        float[][] random = new float[200][200];
        RandomGenerator generator = RandomGeneratorFactory.of("L64X128MixRandom").create(1);
        for (int i = 0; i < 200; i++) {
            perfect[i][i] = 1;
            for (int j = 0; j < 200; j++) {
                random[i][j] = generator.nextFloat();
            }
        }
        assertThat(RecallAtK.of(ofPairs(perfect), 1)).isEqualTo(1);
        assertThat(MedianRank.of(ofPairs(perfect))).isEqualTo(1);
        assertThat(MedianRank.of(ofPairs(random))).isCloseTo(100, within(15.0));
        assertThat(RecallAtK.of(ofPairs(random), 10)).isCloseTo(.05, within(.04));
    }

    /// Of a square table in which query `i` belongs to item `i`.
    private static int[] ofPairs(float[][] scores) {
        return IntStream.range(0, scores.length).map(i -> Ranks.of(scores[i], i)).toArray();
    }

    @Test
    void withoutQueriesThereIsNoMetric() {
        for (RetrievalMetric metric : RetrievalMetric.values()) {
            assertThatThrownBy(() -> metric.of(new int[0])).hasMessageContaining("no ranks");
        }
        assertThatThrownBy(() -> RecallAtK.of(new int[] {1}, 0)).hasMessageContaining("0");
        assertThatThrownBy(() -> MedianRank.of(new int[] {0})).hasMessageContaining("start at 1");
    }
}
