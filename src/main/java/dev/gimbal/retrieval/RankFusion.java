package dev.gimbal.retrieval;

import dev.gimbal.store.Item;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/// Reciprocal rank fusion (Cormack, Clarke and Buettcher, SIGIR 2009): an item's score is `sum(1 /
/// (60 + rank))` over the lists that hold it. Raw scores do not enter, so that a modality in nats
/// and one in cosines count alike.
final class RankFusion {
    /// How many hits of each list take part, at least.
    static final int DEPTH = 100;

    /// The paper's constant.
    private static final int SMOOTHING = 60;

    private final Item item;
    private final Map<String, Integer> ranks = new TreeMap<>();

    private RankFusion(Item item) {
        this.item = item;
    }

    /// The best `k` of several answers; of equal scores the smaller id.
    ///
    /// @param threshold fused scores below it are left out; `null` for none
    static List<Hit> of(List<Answer> answers, int k, @Nullable Double threshold) {
        Map<String, RankFusion> found = new LinkedHashMap<>();
        for (Answer answer : answers) {
            for (Hit hit : answer.hits()) {
                found.computeIfAbsent(hit.item().externalId(), _ -> new RankFusion(hit.item()))
                        .ranks
                        .put(answer.target(), hit.rank());
            }
        }
        List<RankFusion> best =
                found.values().stream()
                        .filter(f -> threshold == null || f.total() >= threshold)
                        .sorted(
                                Comparator.comparingDouble(RankFusion::total)
                                        .reversed()
                                        .thenComparing(f -> f.item.externalId()))
                        .limit(k)
                        .toList();
        return IntStream.range(0, best.size()).mapToObj(i -> best.get(i).hit(i + 1)).toList();
    }

    /// The score of an item with these ranks, each from 1.
    static double score(Collection<Integer> ranks) {
        return ranks.stream().mapToDouble(rank -> 1.0 / (SMOOTHING + rank)).sum();
    }

    private double total() {
        return score(ranks.values());
    }

    private Hit hit(int rank) {
        return new Hit(rank, item, total(), ranks);
    }
}
