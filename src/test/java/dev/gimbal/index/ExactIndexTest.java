package dev.gimbal.index;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.Device;
import com.zaxxer.hikari.HikariDataSource;
import dev.gimbal.family.Locus;
import dev.gimbal.family.Similarity;
import dev.gimbal.store.Engine;
import dev.gimbal.store.ItemKey;
import dev.gimbal.store.NotFoundException;
import dev.gimbal.store.Outage;
import dev.gimbal.store.Store;
import dev.gimbal.store.TestDatabase;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class ExactIndexTest {
    private final Store store = Store.shared();
    private final String collection = store.collection(Engine.EXACT);
    private final IndexSpace space = Vectors.space(collection);
    private final ExactIndex index =
            new ExactIndex(store.collections, store.embeddings, Device.cpu(), 100);

    @AfterEach
    void close() {
        index.close();
    }

    @ParameterizedTest
    @CsvSource({
        "COSINE, 0", "NEGATIVE_SQUARED_L2, 0", "INNER_PRODUCT, 0",
        "COSINE, 10000", "NEGATIVE_SQUARED_L2, 10000", "INNER_PRODUCT, 10000"
    })
    void equalsBruteForceEvenWhereTheExpandedFormCancels(Similarity similarity, double offset) {
        float[][] vectors = Vectors.gaussian(1, 3000, 24, offset);
        Vectors.write(store, collection, vectors);
        List<Locus> loci =
                Arrays.stream(Vectors.gaussian(2, 20, 24, offset))
                        .map(p -> Vectors.locus(p, similarity))
                        .toList();

        List<List<Candidate>> answers = index.search(space, loci, 10);
        for (int i = 0; i < loci.size(); i++) {
            assertThat(answers.get(i))
                    .isEqualTo(Vectors.bruteForce(collection, vectors, loci.get(i), 10));
        }
    }

    @Test
    void twoFarClustersThatNoCommonMeanTakesOffAreSearchedExactly() {
        float[][] vectors = Vectors.gaussian(1, 2000, 16, 0);
        for (int i = 0; i < vectors.length; i++) {
            vectors[i][0] += i % 2 == 0 ? 30_000 : -30_000;
        }
        Vectors.write(store, collection, vectors);
        Locus locus = Vectors.locus(vectors[42], Similarity.NEGATIVE_SQUARED_L2);

        assertThat(index.search(space, locus, 10))
                .isEqualTo(Vectors.bruteForce(collection, vectors, locus, 10));
    }

    @ParameterizedTest
    @EnumSource(Similarity.class)
    void numbersBeyondFloatsRangeAreSearchedExactly(Similarity similarity) {
        float[][] vectors = Vectors.gaussian(1, 500, 8, 0);
        for (int i = 0; i < vectors.length; i++) {
            for (int j = 0; j < 8; j++) {
                vectors[i][j] *= i % 3 == 0 ? 1e30f : i % 3 == 1 ? 1e-30f : 1;
            }
        }
        Vectors.write(store, collection, vectors);
        for (float[] point : List.of(vectors[0], vectors[1], vectors[2], new float[8])) {
            Locus locus = Vectors.locus(point, similarity);
            assertThat(index.search(space, locus, 7))
                    .isEqualTo(Vectors.bruteForce(collection, vectors, locus, 7));
        }
    }

    @Test
    void equalScoresComeInTheOrderOfTheirKeys() {
        float[][] vectors = new float[400][2];
        Arrays.stream(vectors).forEach(v -> v[0] = 1);
        Vectors.write(store, collection, vectors);
        Locus locus = Vectors.locus(new float[] {0, 1}, Similarity.NEGATIVE_SQUARED_L2);

        assertThat(index.search(space, locus, 5))
                .isEqualTo(Vectors.bruteForce(collection, vectors, locus, 5));
    }

    @Test
    void severalSimilaritiesInOneBatchKeepTheirPlaces() {
        float[][] vectors = Vectors.gaussian(1, 500, 8, 0);
        Vectors.write(store, collection, vectors);
        List<Locus> loci =
                List.of(
                        Vectors.locus(vectors[3], Similarity.COSINE),
                        Vectors.locus(vectors[4], Similarity.INNER_PRODUCT),
                        Vectors.locus(vectors[5], Similarity.COSINE));

        List<List<Candidate>> answers = index.search(space, loci, 3);
        for (int i = 0; i < loci.size(); i++) {
            assertThat(answers.get(i))
                    .isEqualTo(Vectors.bruteForce(collection, vectors, loci.get(i), 3));
        }
    }

    @Test
    void followsWritesReplacementsAndDeletionsAtOnce() {
        float[][] vectors = Vectors.gaussian(1, 300, 4, 0);
        Vectors.write(store, collection, vectors);
        Locus locus = Vectors.locus(new float[] {50, 0, 0, 0}, Similarity.NEGATIVE_SQUARED_L2);
        assertThat(index.search(space, locus, 1)).hasSize(1);

        store.items.upsert(collection, List.of(Vectors.item("new", new float[] {50, 0, 0, 0})));
        UUID added = ItemKey.of(collection, "new");
        assertThat(index.search(space, locus, 1)).containsExactly(new Candidate(added, -1));

        store.items.upsert(collection, List.of(Vectors.item("7", new float[] {50.5f, 0, 0, 0})));
        assertThat(index.search(space, locus, 2).get(1).item())
                .isEqualTo(ItemKey.of(collection, "7"));

        store.items.delete(collection, "new");
        assertThat(index.search(space, locus, 1).getFirst().item())
                .isEqualTo(ItemKey.of(collection, "7"));

        store.items.upsert(collection, List.of(Store.item("7", "without a vector")));
        assertThat(index.search(space, locus, 400)).hasSize(299);
    }

    @Test
    void staysRightThroughManySmallWritesAndDeletions() {
        float[][] vectors = Vectors.gaussian(1, 600, 4, 0);
        Locus locus = Vectors.locus(new float[] {1, 1, 0, 0}, Similarity.COSINE);
        for (int i = 0; i < vectors.length; i += 50) {
            for (int j = i; j < i + 50; j++) {
                store.items.upsert(
                        collection, List.of(Vectors.item(Integer.toString(j), vectors[j])));
            }
            assertThat(index.search(space, locus, 5))
                    .isEqualTo(
                            Vectors.bruteForce(
                                    collection, Arrays.copyOf(vectors, i + 50), locus, 5));
        }
        for (int i = 599; i >= 50; i--) {
            store.items.delete(collection, Integer.toString(i));
            if (i % 40 == 0) {
                assertThat(index.search(space, locus, 5))
                        .isEqualTo(
                                Vectors.bruteForce(
                                        collection, Arrays.copyOf(vectors, i), locus, 5));
            }
        }
    }

    @Test
    void aCollectionMadeAnewUnderTheSameNameStartsEmpty() {
        Vectors.write(store, collection, Vectors.gaussian(1, 200, 4, 0));
        Locus locus = Vectors.locus(new float[4], Similarity.COSINE);
        assertThat(index.search(space, locus, 3)).hasSize(3);

        store.collections.delete(collection);
        assertThatThrownBy(() -> index.search(space, locus, 3))
                .isInstanceOf(NotFoundException.class);
        assertThat(index.spaces()).isZero();

        store.collections.create(collection, List.of("a"), null, Engine.EXACT);
        assertThat(index.search(space, locus, 3)).isEmpty();
    }

    @Test
    void whatWasDeletedIsFreedWithoutASearch() {
        Vectors.write(store, collection, Vectors.gaussian(1, 200, 4, 0));
        index.search(space, Vectors.locus(new float[4], Similarity.COSINE), 3);
        assertThat(index.lag()).containsOnly(Map.entry(space, 0L));

        store.collections.delete(collection);
        assertThat(index.lag()).isEmpty();
        assertThat(index.spaces()).isZero();
    }

    @Test
    void whatCannotBeReadIsNotLeftOutOfAnAnswerThatDoesNotSaySo() {
        Vectors.write(store, collection, Vectors.gaussian(1, 200, 4, 0));
        Locus locus = Vectors.locus(new float[4], Similarity.COSINE);
        try (HikariDataSource pool = new HikariDataSource()) {
            ((HikariDataSource) TestDatabase.shared()).copyStateTo(pool);
            Store cut = new Store(pool);
            try (ExactIndex reading =
                    new ExactIndex(store.collections, cut.embeddings, Device.cpu())) {
                assertThat(reading.search(space, locus, 300)).hasSize(200);
                pool.close();
                assertThat(reading.search(space, locus, 300)).as("nothing is new").hasSize(200);

                store.items.upsert(collection, List.of(Vectors.item("new", new float[4])));
                assertThatThrownBy(() -> reading.search(space, locus, 300))
                        .isInstanceOfSatisfying(
                                RuntimeException.class, e -> assertThat(Outage.is(e)).isTrue());
            }
        }
    }

    @Test
    void onlyAllowedItemsAreFoundWhereAFilterSaysSo() {
        float[][] vectors = Vectors.gaussian(1, 300, 4, 0);
        Vectors.write(store, collection, vectors);
        Locus locus = Vectors.locus(vectors[0], Similarity.COSINE);
        Set<UUID> allowed =
                Set.of(ItemKey.of(collection, "1"), ItemKey.of(collection, "2"), UUID.randomUUID());

        assertThat(index.search(space, List.of(locus), 5, allowed).getFirst())
                .extracting(Candidate::item)
                .containsExactlyInAnyOrder(
                        ItemKey.of(collection, "1"), ItemKey.of(collection, "2"));
    }

    @Test
    void givesTheVectorsOfGivenItems() {
        float[][] vectors = Vectors.gaussian(1, 10, 4, 0);
        Vectors.write(store, collection, vectors);
        UUID five = ItemKey.of(collection, "5");
        UUID zero = ItemKey.of(collection, "0");

        assertThat(index.vectors(space, List.of(five, UUID.randomUUID(), zero)))
                .containsOnly(Map.entry(five, vectors[5]), Map.entry(zero, vectors[0]));
        store.items.upsert(collection, List.of(Store.item("5", "without a vector")));
        assertThat(index.vectors(space, List.of(five, zero))).containsOnlyKeys(zero);
    }

    @Test
    void badQueriesNameTheirFault() {
        Vectors.write(store, collection, Vectors.gaussian(1, 10, 4, 0));
        Locus good = Vectors.locus(new float[4], Similarity.COSINE);
        Locus longer = Vectors.locus(new float[5], Similarity.COSINE);
        Locus broken = Vectors.locus(new float[] {0, Float.NaN, 0, 0}, Similarity.COSINE);

        assertThatThrownBy(() -> index.search(space, good, 0)).hasMessageContaining("k must be");
        assertThatThrownBy(() -> index.search(space, longer, 1))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("has 5 entries")
                .hasMessageContaining("have 4");
        assertThatThrownBy(() -> index.search(space, broken, 1))
                .hasMessageContaining("not finite at position 1: NaN");
        assertThat(index.search(space, good, 1_000_000_000)).hasSize(10);
    }

    @Test
    void searchesRunWhileWritersWrite() throws Exception {
        float[][] vectors = Vectors.gaussian(1, 800, 8, 0);
        Vectors.write(store, collection, Arrays.copyOf(vectors, 200));
        Locus locus = Vectors.locus(vectors[0], Similarity.COSINE);
        AtomicBoolean writing = new AtomicBoolean(true);
        try (ExecutorService threads = Executors.newFixedThreadPool(4)) {
            List<Future<Integer>> readers =
                    List.of(1, 2, 3).stream()
                            .map(_ ->
                                    threads.submit(() -> {
                                        int searches = 0;
                                        while (writing.get()) {
                                            assertThat(index.search(space, locus, 5))
                                                    .hasSize(5)
                                                    .first()
                                                    .extracting(Candidate::score)
                                                    .isEqualTo(1.0);
                                            searches++;
                                        }
                                        return searches;
                                    }))
                            .toList();
            for (int i = 200; i < 800; i += 10) {
                for (int j = i; j < i + 10; j++) {
                    store.items.upsert(
                            collection, List.of(Vectors.item(Integer.toString(j), vectors[j])));
                }
            }
            writing.set(false);
            for (Future<Integer> reader : readers) {
                assertThat(reader.get()).isPositive();
            }
        }
        assertThat(index.search(space, locus, 20))
                .isEqualTo(Vectors.bruteForce(collection, vectors, locus, 20));
    }
}
