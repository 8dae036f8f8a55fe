package dev.gimbal.benchmark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.gimbal.family.Locus;
import dev.gimbal.family.Similarity;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class RetrievalProtocolTest {
    private static final RetrievalProtocol SMALL = new RetrievalProtocol(100, 10, 1);

    private static float[][] onTheSphere(int n) {
        RandomGenerator random = RandomGeneratorFactory.of("L64X128MixRandom").create(4);
        float[][] vectors = new float[n][5];
        for (float[] vector : vectors) {
            double norm = 0;
            for (int j = 0; j < 5; j++) {
                vector[j] = (float) random.nextGaussian();
                norm += vector[j] * vector[j];
            }
            for (int j = 0; j < 5; j++) {
                vector[j] /= (float) Math.sqrt(norm);
            }
        }
        return vectors;
    }

    @ParameterizedTest
    @EnumSource(Similarity.class)
    void pointsOnTheirItemsFindThem(Similarity similarity) {
        float[][] items = onTheSphere(300);
        List<Locus> queries =
                Arrays.stream(items).map(v -> new Locus(v, similarity, 50, -3)).toList();
        assertThat(SMALL.run(queries, items).mean())
                .containsEntry("recallAt1", 1.0)
                .containsEntry("medianRank", 1.0);
        assertThat(SMALL.run(queries, items).deviation()).containsEntry("recallAt1", 0.0);
    }

    @Test
    void rankCountsAreTheWholeRecallCurve() {
        RetrievalResult result = SMALL.run(200, (query, item) -> (query * 31 + item * 17) % 101);
        int queries = result.rankCounts().stream().mapToInt(n -> n).sum();
        assertThat(queries).isEqualTo(SMALL.searchSet() * SMALL.draws());
        double first = result.rankCounts().getFirst() / (double) queries;
        assertThat(first).isCloseTo(result.mean().get("recallAt1"), within(1e-12));
        double ten = result.rankCounts().stream().limit(10).mapToInt(n -> n).sum();
        assertThat(ten / queries).isCloseTo(result.mean().get("recallAt10"), within(1e-12));
    }

    @Test
    void pairsThatCoincideLieInTheFirstBinAndOthersFurtherOff() {
        float[][] items = onTheSphere(300);
        List<Locus> queries =
                Arrays.stream(items)
                        .map(v -> new Locus(v, Similarity.NEGATIVE_SQUARED_L2, 1, 0))
                        .toList();
        PairDistances distances = SMALL.run(queries, items).distances();
        assertThat(distances.low()).isZero();
        assertThat(distances.high()).isBetween(1.0, 2.0);
        assertThat(distances.pairs().getFirst()).isEqualTo(300);
        assertThat(distances.others().stream().mapToInt(n -> n).sum()).isEqualTo(300);
        assertThat(distances.others().getFirst()).isLessThan(5);
    }

    @Test
    void randomScoresAreChanceAndEqualOnesAreLast() {
        RandomGenerator random = RandomGeneratorFactory.of("L64X128MixRandom").create(2);
        float[][] scores = new float[200][200];
        for (float[] row : scores) {
            for (int j = 0; j < 200; j++) {
                row[j] = random.nextFloat();
            }
        }
        RetrievalResult chance = SMALL.run(200, (query, item) -> scores[query][item]);
        assertThat(chance.mean().get("recallAt10")).isCloseTo(.1, within(.04));
        assertThat(chance.mean().get("medianRank")).isCloseTo(50, within(8.0));
        assertThat(SMALL.run(200, (_, _) -> 0).mean()).containsEntry("medianRank", 100.0);
    }

    @Test
    void aSeedRepeatsTheDrawsAndADrawHasNoPairTwice() {
        Set<Integer> drawn = ConcurrentHashMap.newKeySet();
        RetrievalProtocol once = new RetrievalProtocol(100, 1, 9);
        once.run(
                500,
                (query, _) -> {
                    drawn.add(query);
                    return 0;
                });
        assertThat(drawn).hasSize(100);
        RetrievalProtocol.PairScore score = (query, item) -> (query * 31 + item * 17) % 101;
        assertThat(SMALL.run(500, score)).isEqualTo(SMALL.run(500, score));
        assertThat(new RetrievalProtocol(100, 10, 2).run(500, score).mean())
                .isNotEqualTo(SMALL.run(500, score).mean());
    }

    @Test
    void moreThanThereIsCannotBeDrawn() {
        assertThatThrownBy(() -> RetrievalProtocol.standard(1).run(999, (_, _) -> 0))
                .hasMessageContaining("1000 of 999");
        assertThatThrownBy(() -> SMALL.run(List.of(), new float[3][2]))
                .hasMessageContaining("0 queries and 3 items");
        assertThatThrownBy(() -> new RetrievalProtocol(0, 1, 1)).hasMessageContaining("0, 1");
    }
}
