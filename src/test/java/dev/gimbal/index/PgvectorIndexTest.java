package dev.gimbal.index;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.zaxxer.hikari.HikariDataSource;
import dev.gimbal.family.Locus;
import dev.gimbal.family.Similarity;
import dev.gimbal.store.Engine;
import dev.gimbal.store.ItemKey;
import dev.gimbal.store.Store;
import dev.gimbal.store.TestDatabase;
import dev.gimbal.store.VectorExtension;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// On the machine's PostgreSQL 15 with pgvector.
@EnabledIf(
        value = "dev.gimbal.index.Postgres15#installed",
        disabledReason = "needs PostgreSQL 15 with pgvector: run .ci/install-pgvector")
class PgvectorIndexTest {
    private final Store store = new Store(Postgres15.source());
    private final String collection = store.collection(Engine.PGVECTOR);
    private final IndexSpace space = Vectors.space(collection);
    private final PgvectorIndex index =
            new PgvectorIndex(store.database, store.collections, store.embeddings, 200);

    @ParameterizedTest
    @EnumSource(Similarity.class)
    void findsTheTrueNeighboursThroughItsIndex(Similarity similarity) {
        float[][] vectors = Vectors.gaussian(1, 10_000, 16, 0);
        Vectors.write(store, collection, vectors);
        List<Locus> loci =
                Arrays.stream(Vectors.gaussian(2, 50, 16, 0))
                        .map(p -> Vectors.locus(p, similarity))
                        .toList();
        List<List<Candidate>> answers = index.search(space, loci, 10);
        analyze();

        assertThat(index.explain(space, loci.getFirst(), 10))
                .anyMatch(line -> line.contains("Index Scan using hnsw_"));
        int found = 0;
        for (int i = 0; i < loci.size(); i++) {
            Set<Candidate> truth =
                    new HashSet<>(Vectors.bruteForce(collection, vectors, loci.get(i), 10));
            assertThat(answers.get(i)).hasSize(10).isSortedAccordingTo(Candidate.BEST_FIRST);
            found += (int) answers.get(i).stream().filter(truth::contains).count();
        }
        System.out.println(similarity + ": recall@10 " + found / 500.0);
        assertThat(found).isGreaterThanOrEqualTo(490);
    }

    @Test
    void seesWritesAndDeletionsAtOnce() {
        Vectors.write(store, collection, Vectors.gaussian(1, 300, 4, 0));
        Locus locus = Vectors.locus(new float[] {50, 0, 0, 0}, Similarity.NEGATIVE_SQUARED_L2);
        index.search(space, locus, 1);

        store.items.upsert(collection, List.of(Vectors.item("new", new float[] {50, 0, 0, 0})));
        assertThat(index.search(space, locus, 1))
                .containsExactly(new Candidate(ItemKey.of(collection, "new"), -1));
        store.items.delete(collection, "new");
        assertThat(index.search(space, locus, 400)).hasSize(300);
    }

    @Test
    void moreThanTheGraphCanGiveComesFromAScan() {
        float[][] vectors = Vectors.gaussian(1, 1500, 4, 0);
        Vectors.write(store, collection, vectors);
        Locus locus = Vectors.locus(vectors[0], Similarity.INNER_PRODUCT);

        assertThat(index.search(space, locus, 1200))
                .isEqualTo(Vectors.bruteForce(collection, vectors, locus, 1200));
        Locus zero = Vectors.locus(new float[4], Similarity.COSINE);
        assertThat(index.search(space, zero, 5)).hasSize(5);
    }

    @Test
    void aFilteredAnswerIsFullAtAnySelectivity() {
        float[][] vectors = Vectors.gaussian(1, 4000, 8, 0);
        Vectors.write(store, collection, vectors);
        for (int every : new int[] {2, 3, 100, 1000}) {
            Set<UUID> allowed = new HashSet<>();
            for (int i = 0; i < vectors.length; i += every) {
                allowed.add(ItemKey.of(collection, Integer.toString(i)));
            }
            int k = Math.min(20, allowed.size());
            for (float[] point : Vectors.gaussian(2, 5, 8, 0)) {
                Locus locus = Vectors.locus(point, Similarity.NEGATIVE_SQUARED_L2);
                List<Candidate> truth =
                        Vectors.bruteForce(collection, vectors, locus, vectors.length).stream()
                                .filter(c -> allowed.contains(c.item()))
                                .limit(k)
                                .toList();
                List<Candidate> found = index.search(space, List.of(locus), k, allowed).getFirst();
                assertThat(found).hasSize(k).allMatch(c -> allowed.contains(c.item()));
                assertThat(found.stream().filter(truth::contains).count())
                        .as("every %d", every)
                        .isGreaterThanOrEqualTo(k * 9 / 10);
            }
        }
    }

    @Test
    void filtersAndScoresLikeTheExactIndex() {
        float[][] vectors = Vectors.gaussian(1, 50, 4, 0);
        Vectors.write(store, collection, vectors);
        Locus locus = Vectors.locus(vectors[0], Similarity.COSINE);
        UUID three = ItemKey.of(collection, "3");
        Candidate expected = new Candidate(three, locus.score(vectors[3]));

        assertThat(index.search(space, List.of(locus), 5, Set.of(three)).getFirst())
                .containsExactly(expected);
        assertThat(index.vectors(space, List.of(UUID.randomUUID(), three)))
                .containsOnly(java.util.Map.entry(three, vectors[3]));
    }

    @Test
    void vectorsTooLongForTheGraphAreRefused() {
        assertThatThrownBy(() ->
                        store.items.upsert(collection, List.of(Vectors.item("x", new float[2001]))))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("at most 2000 dimensions, the vectors have 2001");
    }

    @Test
    void deletingTheCollectionDropsItsIndexes() {
        Vectors.write(store, collection, Vectors.gaussian(1, 10, 4, 0));
        long id = store.collections.get(collection).id();
        index.search(space, Vectors.locus(new float[4], Similarity.COSINE), 1);
        index.search(space, Vectors.locus(new float[] {1, 0, 0, 0}, Similarity.COSINE), 1);
        assertThat(indexes(id)).isEqualTo(1);

        store.collections.delete(collection);
        assertThat(indexes(id)).isZero();
    }

    @Test
    void whatAnInterruptedBuildHasLeftIsBuiltAnew() {
        Vectors.write(store, collection, Vectors.gaussian(1, 300, 4, 0));
        Locus locus = Vectors.locus(new float[] {1, 0, 0, 0}, Similarity.COSINE);
        index.search(space, locus, 1);
        long id = store.collections.get(collection).id();
        store.database
                .jdbc()
                .sql(
                        """
                        UPDATE pg_index SET indisvalid = false WHERE indexrelid IN (
                            SELECT oid FROM pg_class WHERE starts_with(relname, :prefix))
                        """)
                .param("prefix", VectorExtension.indexPrefix(id))
                .update();

        new PgvectorIndex(store.database, store.collections, store.embeddings, 200)
                .search(space, locus, 1);
        analyze();
        assertThat(index.explain(space, locus, 10))
                .anyMatch(line -> line.contains("Index Scan using hnsw_"));
    }

    @Test
    void othersWriteWhileAnIndexIsBuilt() throws Exception {
        Vectors.write(store, collection, Vectors.gaussian(1, 20_000, 64, 0));
        String other = store.collection(Engine.PGVECTOR);
        Locus locus = Vectors.locus(Vectors.gaussian(2, 1, 64, 0)[0], Similarity.COSINE);
        try (ExecutorService threads = Executors.newFixedThreadPool(2)) {
            Future<?> first = threads.submit(() -> index.search(space, locus, 1));
            Future<?> second =
                    threads.submit(() ->
                            new PgvectorIndex(
                                            store.database,
                                            store.collections,
                                            store.embeddings,
                                            200)
                                    .search(space, locus, 1));
            while (building() == 0) {
                Thread.sleep(5);
            }
            store.items.upsert(other, List.of(Vectors.item("x", new float[] {1, 2})));
            assertThat(building()).as("the write has not waited").isEqualTo(1);
            first.get();
            second.get();
        }
        assertThat(indexes(store.collections.get(collection).id())).isEqualTo(1);
    }

    private int building() {
        return store.database
                .jdbc()
                .sql("SELECT count(*) FROM pg_stat_progress_create_index")
                .query(Integer.class)
                .single();
    }

    @Test
    void aServerWithoutTheExtensionRefusesTheEngineAndSaysWhy() {
        assertThatThrownBy(() -> Store.shared().collection(Engine.PGVECTOR))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("extension 'vector'")
                .hasMessageContaining("PostgreSQL 17");
    }

    @Test
    void aUserWhoMayNotInstallTheExtensionLearnsWhoMay() {
        var jdbc = store.database.jdbc();
        jdbc.sql("CREATE ROLE plain LOGIN").update();
        jdbc.sql("CREATE DATABASE plain OWNER plain").update();
        String url = ((HikariDataSource) Postgres15.source()).getJdbcUrl();
        try (HikariDataSource pool =
                TestDatabase.migrated(url.replaceAll("/postgres$", "/plain"), "plain", "")) {
            assertThatThrownBy(() -> new Store(pool).collection(Engine.PGVECTOR))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("let an administrator run CREATE EXTENSION vector");
        }
    }

    private int indexes(long collection) {
        return store.database
                .jdbc()
                .sql("SELECT count(*) FROM pg_indexes WHERE starts_with(indexname, :prefix)")
                .param("prefix", dev.gimbal.store.VectorExtension.indexPrefix(collection))
                .query(Integer.class)
                .single();
    }

    private void analyze() {
        store.database.jdbc().sql("ANALYZE embedding").update();
    }
}
