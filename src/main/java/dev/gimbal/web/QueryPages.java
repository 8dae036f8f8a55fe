package dev.gimbal.web;

import dev.gimbal.dataset.BadInputException;
import dev.gimbal.retrieval.ActiveModels;
import dev.gimbal.retrieval.Answer;
import dev.gimbal.retrieval.FrozenHits;
import dev.gimbal.retrieval.Hit;
import dev.gimbal.retrieval.Query;
import dev.gimbal.retrieval.Retriever;
import dev.gimbal.retrieval.Stopwatch;
import dev.gimbal.store.ConflictException;
import dev.gimbal.store.SearchCollection;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/// Answers to queries page by page: the first one freezes as many candidates as are asked for, the
/// others only go on in them. A cursor holds for its collection, and as long as that is searched by
/// the model that ranked its hits.
@Component
final class QueryPages {
    private final Retriever retriever;
    private final ActiveModels models;
    private final Cursors cursors;

    QueryPages(Retriever retriever, ActiveModels models, Cursors cursors) {
        this.retriever = retriever;
        this.models = models;
        this.cursors = cursors;
    }

    /// The first page.
    ///
    /// @param candidates how many hits are ranked now, to be shown on this page and those after;
    ///   `null` for one page
    QueryResponse first(
            SearchCollection collection,
            Query query,
            @Nullable Integer candidates,
            Stopwatch watch) {
        if (candidates == null) {
            return QueryResponse.of(retriever.answer(collection, query, watch), null, watch);
        }
        if (candidates < query.k() || candidates > Query.MAX_K) {
            throw new BadInputException(
                    "candidates", candidates, "candidates must be k to " + Query.MAX_K);
        }
        Answer all = retriever.answer(collection, query.withK(candidates), watch);
        FrozenHits rest = FrozenHits.after(all, Math.min(query.k(), all.hits().size()));
        return QueryResponse.of(all.first(query.k()), cursor(rest), watch);
    }

    /// The page that a cursor leads to.
    ///
    /// @throws BadInputException for a cursor that is none, or of another collection
    /// @throws ConflictException when the collection has moved to another model
    QueryResponse next(SearchCollection collection, String cursor, int k, Stopwatch watch) {
        FrozenHits frozen = cursors.read(cursor);
        if (frozen.collection() != collection.id()) {
            throw new BadInputException("cursor", cursor, "the cursor is of another collection");
        }
        if (!frozen.model().equals(collection.model())) {
            throw new ConflictException(
                    "collection '%s' has moved to another model since; ask the query again"
                            .formatted(collection.name()));
        }
        List<Hit> hits = retriever.hits(collection, frozen, k, watch);
        FrozenHits rest = frozen.after(Math.min(k, frozen.rest().size()));
        return new QueryResponse(
                AnsweredBy.of(collection, frozen, models.get(frozen.model()).manifest().name()),
                null,
                hits.stream().map(HitResponse::of).toList(),
                cursor(rest),
                watch.timing());
    }

    private @Nullable String cursor(FrozenHits rest) {
        return Optional.of(rest)
                .filter(frozen -> !frozen.rest().isEmpty())
                .map(cursors::write)
                .orElse(null);
    }
}
