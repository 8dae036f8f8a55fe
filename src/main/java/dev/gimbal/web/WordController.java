package dev.gimbal.web;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import dev.gimbal.dataset.BadInputException;
import dev.gimbal.retrieval.Query;
import dev.gimbal.retrieval.Stopwatch;
import dev.gimbal.retrieval.Stopwatches;
import dev.gimbal.retrieval.Timing;
import dev.gimbal.store.ApiKey;
import dev.gimbal.store.Collections;
import dev.gimbal.store.SearchCollection;
import dev.gimbal.traversal.CloudSheet;
import dev.gimbal.traversal.FactorSuggestions;
import dev.gimbal.traversal.LatentTraversal;
import dev.gimbal.traversal.WordClouds;
import jakarta.servlet.http.HttpServletRequest;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/// Factors in words: clouds along a factor, and what each factor seems to be about.
@RestController
@Requires(ApiKey.Scope.READ)
@RequestMapping("/v1/collections/{collection}")
class WordController {
    private static final int DEFAULT_STEPS = 3;
    private static final int DEFAULT_WORDS = 30;
    private static final int MOST_WORDS = 200;
    private static final int DEFAULT_K = 50;

    private final Collections collections;
    private final QueryReader queries;
    private final WordClouds clouds;
    private final FactorSuggestions suggestions;
    private final Stopwatches stopwatches;

    WordController(
            Collections collections,
            QueryReader queries,
            WordClouds clouds,
            FactorSuggestions suggestions,
            Stopwatches stopwatches) {
        this.collections = collections;
        this.queries = queries;
        this.clouds = clouds;
        this.suggestions = suggestions;
        this.stopwatches = stopwatches;
    }

    /// The clouds of a traversal.
    record CloudResponse(
            @JsonUnwrapped AnsweredBy answeredBy, List<WordClouds.Column> factors, Timing timing) {}

    /// What the factors of a collection's model are about.
    record FactorsResponse(
            @JsonUnwrapped FactorSuggestions.Suggestions suggestions, Timing timing) {}

    @PostMapping(path = "/clouds", produces = MediaType.APPLICATION_JSON_VALUE)
    CloudResponse clouds(
            @PathVariable String collection,
            @RequestBody CloudRequest body,
            HttpServletRequest request) {
        Stopwatch watch = watch(request);
        WordClouds.Result result = run(collection, body, watch);
        LatentTraversal.Result traversal = result.traversal();
        return new CloudResponse(
                AnsweredBy.of(traversal.course(), traversal.engine(), traversal.exact()),
                result.columns(),
                watch.timing());
    }

    @PostMapping(path = "/clouds", produces = MediaType.IMAGE_PNG_VALUE)
    byte[] sheet(
            @PathVariable String collection,
            @RequestBody CloudRequest body,
            HttpServletRequest request) {
        return new CloudSheet(run(collection, body, watch(request)).columns()).png();
    }

    @Admitted
    @GetMapping("/factors")
    FactorsResponse factors(
            @PathVariable String collection,
            @RequestParam(required = false) @Nullable String target,
            @RequestParam(defaultValue = "16") int queries,
            @RequestParam(defaultValue = "10") int k,
            HttpServletRequest request) {
        Stopwatch watch = watch(request);
        return new FactorsResponse(
                suggestions.of(
                        collections.searched(collection),
                        new FactorSuggestions.Effort(target, queries, k),
                        watch),
                watch.timing());
    }

    private WordClouds.Result run(String collection, CloudRequest body, Stopwatch watch) {
        SearchCollection target = collections.searched(collection);
        int words = Optional.ofNullable(body.words()).orElse(DEFAULT_WORDS);
        if (words < 1 || words > MOST_WORDS) {
            throw new BadInputException("words", words, "words must be 1 to " + MOST_WORDS);
        }
        Query read = queries.read(target, body, null);
        Query query = body.k() == null ? read.withK(DEFAULT_K) : read;
        return clouds.run(target, query, SweepFields.read(body, DEFAULT_STEPS), words, watch);
    }

    private Stopwatch watch(HttpServletRequest request) {
        return stopwatches.start(BodyLimitFilter.started(request));
    }
}
