package dev.gimbal.retrieval;

import dev.gimbal.store.SearchCollection;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/// The hits of a query that were found but not shown yet, as they were ranked then: writes between
/// two pages neither repeat a hit nor leave one out.
///
/// @param collection id of the collection, which is another one when it is made anew under its name
/// @param version number of the collection's last write when the query was answered
/// @param model fingerprint of the model that ranked them
/// @param shown how many hits came before
public record FrozenHits(
        long collection,
        long version,
        String model,
        String target,
        String engine,
        boolean exact,
        int shown,
        List<Frozen> rest) {

    /// One hit: its item's key, and what [Hit] has of it.
    public record Frozen(UUID item, double score, Map<String, Integer> ranks) {
        static Frozen of(Hit hit) {
            return new Frozen(hit.item().key(), hit.score(), hit.ranks());
        }
    }

    public FrozenHits {
        rest = List.copyOf(rest);
    }

    /// What an answer holds beyond its first hits.
    public static FrozenHits after(Answer answer, int shown) {
        SearchCollection collection = answer.course().collection();
        return new FrozenHits(
                collection.id(),
                collection.change(),
                answer.course().model(),
                answer.target(),
                answer.engine(),
                answer.exact(),
                shown,
                answer.hits().stream().skip(shown).map(Frozen::of).toList());
    }

    /// What is left after so many more.
    public FrozenHits after(int more) {
        return new FrozenHits(
                collection,
                version,
                model,
                target,
                engine,
                exact,
                shown + more,
                rest.subList(more, rest.size()));
    }
}
