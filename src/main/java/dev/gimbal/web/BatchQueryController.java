package dev.gimbal.web;

import dev.gimbal.dataset.BadInputException;
import dev.gimbal.retrieval.Query;
import dev.gimbal.retrieval.Retriever;
import dev.gimbal.retrieval.Stopwatch;
import dev.gimbal.retrieval.Stopwatches;
import dev.gimbal.store.ApiKey;
import dev.gimbal.store.Collections;
import dev.gimbal.store.SearchCollection;
import jakarta.servlet.http.HttpServletRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;

/// Many queries in one request. They run side by side, so that the model embeds them together; all
/// are read before the first one runs, and one that cannot be answered refuses the request.
@RestController
@Requires(ApiKey.Scope.READ)
class BatchQueryController {
    private static final int MOST_QUERIES = 64;

    private final Collections collections;
    private final QueryReader queries;
    private final Retriever retriever;
    private final RateLimits limits;
    private final Stopwatches stopwatches;

    BatchQueryController(
            Collections collections,
            QueryReader queries,
            Retriever retriever,
            RateLimits limits,
            Stopwatches stopwatches) {
        this.collections = collections;
        this.queries = queries;
        this.retriever = retriever;
        this.limits = limits;
        this.stopwatches = stopwatches;
    }

    /// The answers, in the order of the queries.
    record Answers(List<QueryResponse> answers) {}

    @PostMapping("/v1/collections/{collection}/queries")
    Answers answer(
            @PathVariable String collection,
            @RequestBody List<@Nullable QueryRequest> body,
            HttpServletRequest request)
            throws InterruptedException {
        SearchCollection target = collections.searched(collection);
        if (body.isEmpty() || body.size() > MOST_QUERIES) {
            throw new BadInputException(
                    "body", body.size() + " queries", "give 1 to " + MOST_QUERIES + " queries");
        }
        limits.take(KeyFilter.caller(request), body.size() - 1); // the request itself was counted
        List<Callable<QueryResponse>> work = new ArrayList<>();
        for (int i = 0; i < body.size(); i++) {
            String field = "[" + i + "]";
            Query query = read(target, body.get(i), field);
            work.add(() -> at(field, () -> respond(target, query)));
        }
        return new Answers(run(work));
    }

    private Query read(SearchCollection target, @Nullable QueryRequest query, String field) {
        if (query == null) {
            throw new BadInputException(field, "null", "a query must not be null");
        }
        if (query.cursor() != null || query.candidates() != null) {
            throw new BadInputException(
                    field + (query.cursor() == null ? ".candidates" : ".cursor"),
                    "",
                    "the queries of a batch have one page");
        }
        return at(field, () -> queries.read(target, query, null));
    }

    private QueryResponse respond(SearchCollection target, Query query) {
        Stopwatch watch = stopwatches.start(System.nanoTime());
        return QueryResponse.of(retriever.answer(target, query, watch), null, watch);
    }

    private static List<QueryResponse> run(List<Callable<QueryResponse>> work)
            throws InterruptedException {
        List<QueryResponse> answers = new ArrayList<>();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (Future<QueryResponse> answer : threads.invokeAll(work)) {
                answers.add(answer.get());
            }
        } catch (ExecutionException e) {
            if (e.getCause() instanceof RuntimeException reason) {
                throw reason;
            }
            throw new IllegalStateException(e.getCause());
        }
        return answers;
    }

    /// What is wrong with one query is told with its place.
    private static <T> T at(String field, Supplier<T> work) {
        try {
            return work.get();
        } catch (BadInputException e) {
            throw new BadInputException(field + "." + e.field(), e.value(), e.reason());
        }
    }
}
