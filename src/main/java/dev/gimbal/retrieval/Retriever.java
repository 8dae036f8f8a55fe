package dev.gimbal.retrieval;

import dev.gimbal.dataset.BadInputException;
import dev.gimbal.family.Locus;
import dev.gimbal.family.UnsupportedQueryException;
import dev.gimbal.index.Candidate;
import dev.gimbal.index.ExactIndex;
import dev.gimbal.index.IndexSpace;
import dev.gimbal.index.Indexes;
import dev.gimbal.index.VectorIndex;
import dev.gimbal.metric.LogMeanExp;
import dev.gimbal.store.Embeddings;
import dev.gimbal.store.Item;
import dev.gimbal.store.ItemKey;
import dev.gimbal.store.NotFoundException;
import dev.gimbal.store.Outage;
import dev.gimbal.store.SearchCollection;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/// Answers queries: infer, locate, search, fetch.
@Component
public final class Retriever {
    /// Most scores that one exact query over samples computes.
    private static final long MOST_SCORES = 20_000_000;

    private static final int LOCI_AT_ONCE = 64;

    private final Navigator navigator;
    private final Indexes indexes;
    private final ExactIndex exactIndex;
    private final Embeddings embeddings;
    private final HeldItems items;

    public Retriever(
            Navigator navigator,
            Indexes indexes,
            ExactIndex exactIndex,
            Embeddings embeddings,
            HeldItems items) {
        this.navigator = navigator;
        this.indexes = indexes;
        this.exactIndex = exactIndex;
        this.embeddings = embeddings;
        this.items = items;
    }

    /// The hits of a query in a collection; as far as the database cannot be read, of what is held
    /// in memory, and then the answer's collection is stale.
    ///
    /// @throws dev.gimbal.store.NotFoundException for an unknown collection or item
    public Answer answer(SearchCollection collection, Query query, Stopwatch watch) {
        try {
            return found(collection, query, watch);
        } catch (RuntimeException e) {
            if (!Outage.is(e) || collection.stale()) {
                throw e;
            }
            return found(collection.asStale(), query, watch); // an outage has just begun
        }
    }

    private Answer found(SearchCollection collection, Query query, Stopwatch watch) {
        return Query.ANY.equals(query.target())
                ? fused(collection, query, watch)
                : single(collection, query, watch);
    }

    /// Each modality that the query leads to is searched on its own; what counts is an item's rank
    /// in each, since scores of different modalities are of different kinds.
    private Answer fused(SearchCollection collection, Query query, Stopwatch watch) {
        List<Answer> answers = new ArrayList<>();
        IllegalArgumentException reason = null;
        int depth = Math.max(query.k(), RankFusion.DEPTH);
        for (String target : navigator.targets(collection, query)) {
            try {
                answers.add(single(collection, query.towards(target, depth), watch));
            } catch (BadInputException | UnsupportedQueryException e) {
                reason = reason == null ? e : reason; // nothing leads there from these parts
            }
        }
        if (answers.isEmpty() && reason != null) {
            throw reason;
        }
        Answer first = answers.getFirst();
        return new Answer(
                first.course(),
                Query.ANY,
                first.engine(),
                first.exact(),
                RankFusion.of(answers, query.k(), query.scoreThreshold()));
    }

    private Answer single(SearchCollection collection, Query query, Stopwatch watch) {
        Course course = plot(collection, query, watch);
        List<Locus> loci = course.anchor().loci(query.samples(), query.seed());
        Answer answer =
                loci.size() == 1
                        ? answer(course, loci.getFirst(), query, watch)
                        : answer(course, overSamples(course, loci, query, watch), query, watch);
        watch.answered(collection.name(), answer.hits());
        return answer;
    }

    /// What is found at one place of a plotted query.
    public Answer answer(Course course, Locus locus, Query query, Stopwatch watch) {
        List<List<Candidate>> found =
                search(course, List.of(locus), query.k(), query.exact(), watch);
        return answer(course, found.getFirst(), query, watch);
    }

    private Answer answer(Course course, List<Candidate> best, Query query, Stopwatch watch) {
        VectorIndex index = index(course, query.exact());
        return new Answer(
                course,
                index.engine(),
                index.exact(),
                hits(course, best, query.scoreThreshold(), watch));
    }

    /// The first of those hits, under the ranks that they had; an item deleted since is passed
    /// over, one changed since shows as it is.
    public List<Hit> hits(SearchCollection collection, FrozenHits frozen, int k, Stopwatch watch) {
        List<FrozenHits.Frozen> page = frozen.rest().subList(0, Math.min(k, frozen.rest().size()));
        Map<UUID, Item> found =
                fetch(collection, page.stream().map(FrozenHits.Frozen::item).toList(), watch);
        List<Hit> hits = new ArrayList<>();
        for (int i = 0; i < page.size(); i++) {
            FrozenHits.Frozen hit = page.get(i);
            Item item = found.get(hit.item());
            if (item != null) {
                hits.add(new Hit(frozen.shown() + i + 1, item, hit.score(), hit.ranks()));
            }
        }
        return hits;
    }

    /// Resolves a query without searching.
    public Course plot(SearchCollection collection, Query query, Stopwatch watch) {
        return navigator.plot(collection, query, watch);
    }

    /// The nearest items of each locus, best first; some loci at a time, so that time can run out
    /// between them.
    public List<List<Candidate>> search(
            Course course, List<Locus> loci, int k, boolean exact, Stopwatch watch) {
        VectorIndex index = index(course, exact);
        List<List<Candidate>> found = new ArrayList<>(loci.size());
        for (int from = 0; from < loci.size(); from += LOCI_AT_ONCE) {
            List<Locus> some = loci.subList(from, Math.min(from + LOCI_AT_ONCE, loci.size()));
            found.addAll(
                    watch.search(() -> index.search(space(course), some, k, course.allowed())));
        }
        return found;
    }

    /// The items of these candidates, in their order and ranked.
    ///
    /// @param threshold candidates below it are left out; `null` for none
    public List<Hit> hits(
            Course course,
            List<Candidate> candidates,
            @Nullable Double threshold,
            Stopwatch watch) {
        return hits(course, List.of(candidates), threshold, watch).getFirst();
    }

    /// The same for several lists, whose items are read together.
    public List<List<Hit>> hits(
            Course course,
            Collection<List<Candidate>> lists,
            @Nullable Double threshold,
            Stopwatch watch) {
        List<UUID> keys =
                lists.stream().flatMap(List::stream).map(Candidate::item).distinct().toList();
        Map<UUID, Item> found = fetch(course.collection(), keys, watch);
        return lists.stream().map(list -> ranked(list, found, threshold)).toList();
    }

    private static List<Hit> ranked(
            List<Candidate> candidates, Map<UUID, Item> found, @Nullable Double threshold) {
        List<Hit> hits = new ArrayList<>(candidates.size());
        for (Candidate candidate : candidates) {
            Item item = found.get(candidate.item());
            if (item != null && (threshold == null || candidate.score() >= threshold)) {
                hits.add(new Hit(hits.size() + 1, item, candidate.score()));
            }
        }
        return hits;
    }

    /// The index vector of an item, as the course's target.
    ///
    /// @throws NotFoundException when there is no such item, or it has none
    public float[] indexVector(Course course, String itemId) {
        String collection = course.collection().name();
        return embeddings
                .find(collection, ItemKey.of(collection, itemId), course.model(), course.target())
                .orElseThrow(() -> new NotFoundException("item with a vector", itemId));
    }

    /// The index that a query is answered by.
    public VectorIndex index(Course course, boolean exact) {
        return exact ? exactIndex : indexes.of(course.collection());
    }

    /// Log-mean-exp over the samples' log-likelihoods, of the union of their nearest items.
    private List<Candidate> overSamples(
            Course course, List<Locus> loci, Query query, Stopwatch watch) {
        int depth = query.k();
        if (query.exact()) {
            long count = searched(course);
            if (count * loci.size() > MOST_SCORES) {
                throw new BadInputException(
                        "samples",
                        loci.size(),
                        "exact scoring of %d items takes at most %d samples"
                                .formatted(count, MOST_SCORES / count));
            }
            depth = (int) Math.max(count, 1);
        }
        List<List<Candidate>> found = search(course, loci, depth, query.exact(), watch);
        return watch.search(() -> {
            Set<UUID> union = new LinkedHashSet<>();
            found.forEach(list -> list.forEach(c -> union.add(c.item())));
            return rescored(course, loci, union, query.exact()).stream()
                    .sorted(Candidate.BEST_FIRST)
                    .limit(query.k())
                    .toList();
        });
    }

    /// Number of vectors that are compared, at most.
    private long searched(Course course) {
        Set<UUID> allowed = course.allowed();
        return allowed != null
                ? allowed.size()
                : embeddings.count(course.collection().name(), course.model(), course.target());
    }

    private List<Candidate> rescored(
            Course course, List<Locus> loci, Set<UUID> candidates, boolean exact) {
        Map<UUID, float[]> vectors = index(course, exact).vectors(space(course), candidates);
        List<Candidate> scored = new ArrayList<>(vectors.size());
        vectors.forEach((item, vector) -> {
            double[] scores = loci.stream().mapToDouble(locus -> locus.score(vector)).toArray();
            scored.add(new Candidate(item, LogMeanExp.of(scores)));
        });
        return scored;
    }

    private Map<UUID, Item> fetch(SearchCollection collection, List<UUID> keys, Stopwatch watch) {
        return keys.isEmpty() ? Map.of() : watch.fetch(() -> items.fetch(collection, keys));
    }

    private IndexSpace space(Course course) {
        return indexes.space(course.collection(), course.model(), course.target());
    }
}
