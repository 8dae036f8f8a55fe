package dev.gimbal.index;

import dev.gimbal.family.Locus;
import dev.gimbal.family.Similarity;
import dev.gimbal.store.Collections;
import dev.gimbal.store.Database;
import dev.gimbal.store.Embeddings;
import dev.gimbal.store.Engine;
import dev.gimbal.store.SearchCollection;
import dev.gimbal.store.VectorExtension;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/// Searches HNSW graphs inside PostgreSQL (pgvector): approximate, nothing in this process's
/// memory, shared by all replicas. What it finds is scored again in the difference form.
/// Thread-safe.
///
/// An index is made at the first search of its space by its similarity. Answers that HNSW cannot
/// give (more than 1,000 items, few allowed items, a point of zeros) come from an exact scan.
public final class PgvectorIndex implements VectorIndex {
    /// The most candidates that pgvector's HNSW keeps.
    static final int LARGEST_EF = 1000;

    private final Database database;
    private final Collections collections;
    private final Embeddings embeddings;
    private final int efSearch;
    private final Set<HnswIndex> made = ConcurrentHashMap.newKeySet();

    public PgvectorIndex(
            Database database, Collections collections, Embeddings embeddings, int efSearch) {
        this.database = database;
        this.collections = collections;
        this.embeddings = embeddings;
        this.efSearch = efSearch;
    }

    @Override
    public String engine() {
        return Engine.PGVECTOR.id();
    }

    @Override
    public boolean exact() {
        return false;
    }

    @Override
    public List<List<Candidate>> search(
            IndexSpace space, List<Locus> loci, int k, @Nullable Set<UUID> allowed) {
        Points.require(loci, k);
        SearchCollection collection = collections.get(space.collection());
        OptionalInt dimension = dimension(space, loci);
        if (dimension.isEmpty()) {
            return loci.stream().map(_ -> List.<Candidate>of()).toList();
        }
        return loci.stream()
                .map(locus ->
                        allowed == null
                                ? nearest(collection, space, dimension.getAsInt(), locus, k)
                                : nearestOf(
                                        collection, space, dimension.getAsInt(), locus, k, allowed))
                .toList();
    }

    /// The graph's answer where enough of its candidates are allowed, else all allowed items are
    /// scored: then they are less than `k / 1000` of the items, about, or few.
    private List<Candidate> nearestOf(
            SearchCollection collection,
            IndexSpace space,
            int dimension,
            Locus locus,
            int k,
            Set<UUID> allowed) {
        if (allowed.size() > LARGEST_EF && k <= LARGEST_EF && !isZero(locus.point())) {
            HnswIndex index = index(collection, space, dimension, locus.similarity());
            List<UUID> found =
                    database.snapshot(() -> propose(index, locus, LARGEST_EF, true)).stream()
                            .filter(allowed::contains)
                            .toList();
            if (found.size() >= k) {
                return best(score(space, locus, found), k);
            }
        }
        return best(score(space, locus, List.copyOf(allowed)), k);
    }

    @Override
    public Map<UUID, float[]> vectors(IndexSpace space, Collection<UUID> items) {
        return embeddings.fetch(
                space.collection(), List.copyOf(items), space.fingerprint(), space.modality());
    }

    private List<Candidate> score(IndexSpace space, Locus locus, List<UUID> items) {
        List<Candidate> scored = new ArrayList<>(items.size());
        vectors(space, items)
                .forEach((item, vector) -> scored.add(new Candidate(item, locus.score(vector))));
        return scored;
    }

    /// PostgreSQL's plan for a search, line by line: whether the index is used.
    List<String> explain(IndexSpace space, Locus locus, int k) {
        SearchCollection collection = collections.get(space.collection());
        int dimension = dimension(space, List.of(locus)).orElseThrow();
        HnswIndex index = index(collection, space, dimension, locus.similarity());
        return database.snapshot(() -> {
            configure(k, true);
            return statement("EXPLAIN ", index, locus, k)
                    .query((row, _) -> row.getString(1))
                    .list();
        });
    }

    private OptionalInt dimension(IndexSpace space, List<Locus> loci) {
        OptionalInt dimension =
                embeddings.dimension(space.collection(), space.fingerprint(), space.modality());
        dimension.ifPresent(d -> Points.requireDimension(space, loci, d));
        return dimension;
    }

    private List<Candidate> nearest(
            SearchCollection collection, IndexSpace space, int dimension, Locus locus, int k) {
        HnswIndex index = index(collection, space, dimension, locus.similarity());
        int proposals = Math.max(k, Math.min(efSearch, LARGEST_EF));
        List<UUID> found =
                database.snapshot(() -> {
                    boolean graph = k <= LARGEST_EF && !isZero(locus.point());
                    List<UUID> items = graph ? propose(index, locus, proposals, true) : List.of();
                    // HNSW leaves out what was deleted around it, and vectors of zeros
                    return items.size() >= Math.min(k, proposals)
                            ? items
                            : propose(index, locus, proposals, false);
                });
        return best(score(space, locus, found), k);
    }

    private List<UUID> propose(HnswIndex index, Locus locus, int count, boolean graph) {
        configure(count, graph);
        return statement("", index, locus, count)
                .query((row, _) -> row.getObject(1, UUID.class))
                .list();
    }

    /// Holds for the transaction under way.
    private void configure(int count, boolean graph) {
        int ef = Math.clamp(count, efSearch, LARGEST_EF);
        database.jdbc()
                .sql(
                        """
                        SELECT set_config('hnsw.ef_search', :ef, true),
                            set_config('plan_cache_mode', 'force_custom_plan', true),
                            set_config('enable_indexscan', :graph, true)
                        """)
                .param("ef", Integer.toString(ef))
                .param("graph", graph ? "on" : "off")
                .query((row, _) -> row.getString(1))
                .single();
    }

    private JdbcClient.StatementSpec statement(
            String prefix, HnswIndex index, Locus locus, int count) {
        return database.jdbc()
                .sql(
                        "%sSELECT item FROM embedding WHERE %s ORDER BY %s %s :point::vector LIMIT %d"
                                .formatted(
                                        prefix,
                                        index.predicate(),
                                        index.expression(),
                                        index.distance(),
                                        count))
                .param("point", VectorExtension.literal(locus.point()));
    }

    private HnswIndex index(
            SearchCollection collection, IndexSpace space, int dimension, Similarity similarity) {
        Engine.PGVECTOR.requireDimension(dimension);
        HnswIndex index = new HnswIndex(collection.id(), space, dimension, similarity);
        if (!made.contains(index)) {
            index.create(database);
            made.add(index);
        }
        return index;
    }

    private static List<Candidate> best(List<Candidate> scored, int k) {
        Best best = new Best(k);
        scored.forEach(best::offer);
        return best.toList();
    }

    private static boolean isZero(float[] point) {
        for (float p : point) {
            if (p != 0) {
                return false;
            }
        }
        return true;
    }
}
