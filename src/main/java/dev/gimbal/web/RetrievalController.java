package dev.gimbal.web;

import dev.gimbal.dataset.BadInputException;
import dev.gimbal.index.VectorIndex;
import dev.gimbal.retrieval.Anchor;
import dev.gimbal.retrieval.Course;
import dev.gimbal.retrieval.Query;
import dev.gimbal.retrieval.Retriever;
import dev.gimbal.retrieval.Stopwatch;
import dev.gimbal.retrieval.Stopwatches;
import dev.gimbal.store.ApiKey;
import dev.gimbal.store.Collections;
import dev.gimbal.store.ItemKey;
import dev.gimbal.store.SearchCollection;
import dev.gimbal.traversal.Explanation;
import dev.gimbal.traversal.LatentPlane;
import dev.gimbal.traversal.LatentTraversal;
import dev.gimbal.traversal.Manipulation;
import dev.gimbal.traversal.Sheets;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RequestPart;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.multipart.MultipartFile;

/// Queries, and everything that turns knobs on them. A picture may travel as base64 in the JSON, or
/// as the part `image` of a multipart body beside an optional JSON part `request`.
@RestController
@Requires(ApiKey.Scope.READ)
@RequestMapping("/v1/collections/{collection}")
class RetrievalController {
    private static final int DEFAULT_STEPS = 9;

    private final Collections collections;
    private final QueryReader queries;
    private final QueryPages pages;
    private final Retriever retriever;
    private final LatentTraversal traversal;
    private final LatentPlane plane;
    private final Manipulation manipulation;
    private final Sheets sheets;
    private final Stopwatches stopwatches;

    RetrievalController(
            Collections collections,
            QueryReader queries,
            QueryPages pages,
            Retriever retriever,
            LatentTraversal traversal,
            LatentPlane plane,
            Manipulation manipulation,
            Sheets sheets,
            Stopwatches stopwatches) {
        this.collections = collections;
        this.queries = queries;
        this.pages = pages;
        this.retriever = retriever;
        this.traversal = traversal;
        this.plane = plane;
        this.manipulation = manipulation;
        this.sheets = sheets;
        this.stopwatches = stopwatches;
    }

    @PostMapping(path = "/query", consumes = MediaType.APPLICATION_JSON_VALUE)
    QueryResponse query(
            @PathVariable String collection,
            @RequestBody QueryRequest body,
            HttpServletRequest request) {
        SearchCollection target = collections.searched(collection);
        String cursor = body.cursor();
        if (cursor == null) {
            return pages.first(
                    target, queries.read(target, body, null), body.candidates(), watch(request));
        }
        if (!body.onlyCursor()) {
            throw new BadInputException(
                    "cursor", cursor, "a cursor stands for its query: give it alone, or with k");
        }
        return pages.next(target, cursor, queries.k(body), watch(request));
    }

    @PostMapping(path = "/query", consumes = MediaType.MULTIPART_FORM_DATA_VALUE)
    QueryResponse queryByPicture(
            @PathVariable String collection,
            @RequestPart MultipartFile image,
            @RequestPart(name = "request", required = false) @Nullable QueryRequest body,
            @RequestParam(required = false) @Nullable Integer k,
            HttpServletRequest request)
            throws IOException {
        SearchCollection target = collections.searched(collection);
        QueryRequest fields = Optional.ofNullable(body).orElse(QueryRequest.EMPTY);
        Query query = queries.read(target, fields, image.getBytes());
        return pages.first(
                target, k == null ? query : query.withK(k), fields.candidates(), watch(request));
    }

    @PostMapping(
            path = "/traversals",
            consumes = MediaType.APPLICATION_JSON_VALUE,
            produces = MediaType.APPLICATION_JSON_VALUE)
    TraversalResponse traverse(
            @PathVariable String collection,
            @RequestBody TraversalRequest body,
            HttpServletRequest request) {
        SearchCollection target = collections.searched(collection);
        return traversed(queries.read(target, body, null), body, target, request);
    }

    @PostMapping(
            path = "/traversals",
            consumes = MediaType.MULTIPART_FORM_DATA_VALUE,
            produces = MediaType.APPLICATION_JSON_VALUE)
    TraversalResponse traverseFromPicture(
            @PathVariable String collection,
            @RequestPart MultipartFile image,
            @RequestPart(name = "request", required = false) @Nullable TraversalRequest body,
            HttpServletRequest request)
            throws IOException {
        SearchCollection target = collections.searched(collection);
        TraversalRequest fields = Optional.ofNullable(body).orElse(TraversalRequest.EMPTY);
        return traversed(queries.read(target, fields, image.getBytes()), fields, target, request);
    }

    @PostMapping(
            path = "/traversals",
            consumes = MediaType.APPLICATION_JSON_VALUE,
            produces = MediaType.IMAGE_PNG_VALUE)
    byte[] sheet(
            @PathVariable String collection,
            @RequestBody TraversalRequest body,
            HttpServletRequest request) {
        SearchCollection target = collections.searched(collection);
        return sheet(queries.read(target, body, null), body, target, request);
    }

    @PostMapping(
            path = "/traversals",
            consumes = MediaType.MULTIPART_FORM_DATA_VALUE,
            produces = MediaType.IMAGE_PNG_VALUE)
    byte[] sheetFromPicture(
            @PathVariable String collection,
            @RequestPart MultipartFile image,
            @RequestPart(name = "request", required = false) @Nullable TraversalRequest body,
            HttpServletRequest request)
            throws IOException {
        SearchCollection target = collections.searched(collection);
        TraversalRequest fields = Optional.ofNullable(body).orElse(TraversalRequest.EMPTY);
        return sheet(queries.read(target, fields, image.getBytes()), fields, target, request);
    }

    @PostMapping("/planes")
    PlaneResponse plane(
            @PathVariable String collection,
            @RequestBody TraversalRequest body,
            HttpServletRequest request) {
        SearchCollection target = collections.searched(collection);
        Stopwatch watch = watch(request);
        Query query = queries.read(target, body, null);
        LatentPlane.Result result =
                plane.run(
                        target,
                        query,
                        offsets(body.offsets()),
                        SweepFields.read(body, DEFAULT_STEPS),
                        watch);
        return PlaneResponse.of(result, watch.timing());
    }

    @PostMapping("/manipulations")
    ManipulationResponse manipulate(
            @PathVariable String collection,
            @RequestBody ManipulationRequest body,
            HttpServletRequest request) {
        SearchCollection target = collections.searched(collection);
        Stopwatch watch = watch(request);
        Map<String, Double> offsets = body.offsets();
        List<Manipulation.Turn> combined = body.turns();
        if (offsets == null) {
            offsets = Map.of();
        }
        if (offsets.isEmpty() && combined.isEmpty()) {
            throw new BadInputException("offsets", "none", "give at least one factor's offset");
        }
        Query query = queries.read(target, body, null);
        Manipulation.Result result =
                manipulation.run(target, query, offsets(offsets), combined, watch);
        return ManipulationResponse.of(result, watch.timing());
    }

    @PostMapping("/explanations")
    ExplanationResponse explain(
            @PathVariable String collection,
            @RequestBody ExplanationRequest body,
            HttpServletRequest request) {
        SearchCollection target = collections.searched(collection);
        Stopwatch watch = watch(request);
        String itemId = body.itemId();
        if (itemId == null) {
            throw new BadInputException("itemId", "none", "name the item to explain");
        }
        Query query = queries.read(target, body, null);
        Course course = retriever.plot(target, query, watch);
        requireAllowed(course, itemId);
        Anchor.Latent anchor = course.anchor().steerable();
        Explanation explanation =
                Explanation.of(
                        anchor,
                        Manipulation.moved(anchor, offsets(body.offsets())),
                        retriever.indexVector(course, itemId));
        VectorIndex index = retriever.index(course, query.exact());
        return new ExplanationResponse(
                AnsweredBy.of(course, index.engine(), index.exact()),
                itemId,
                explanation,
                watch.timing());
    }

    private static void requireAllowed(Course course, String itemId) {
        Set<UUID> allowed = course.allowed();
        if (allowed != null && !allowed.contains(ItemKey.of(course.collection().name(), itemId))) {
            throw new BadInputException("itemId", itemId, "the item does not meet the filter");
        }
    }

    private TraversalResponse traversed(
            Query query,
            TraversalRequest body,
            SearchCollection target,
            HttpServletRequest request) {
        Stopwatch watch = watch(request);
        LatentTraversal.Result result =
                traversal.run(
                        target,
                        query,
                        offsets(body.offsets()),
                        SweepFields.read(body, DEFAULT_STEPS),
                        watch);
        return TraversalResponse.of(result, watch.timing());
    }

    private byte[] sheet(
            Query query,
            TraversalRequest body,
            SearchCollection target,
            HttpServletRequest request) {
        Query best = query.withK(1);
        LatentTraversal.Result result =
                traversal.run(
                        target,
                        best,
                        offsets(body.offsets()),
                        SweepFields.read(body, DEFAULT_STEPS),
                        watch(request));
        return sheets.of(best, result).png();
    }

    private static Map<String, Double> offsets(@Nullable Map<String, Double> given) {
        if (given != null && given.values().stream().anyMatch(Objects::isNull)) {
            throw new BadInputException("offsets", given, "an offset must not be null");
        }
        return given == null ? Map.of() : given;
    }

    private Stopwatch watch(HttpServletRequest request) {
        return stopwatches.start(BodyLimitFilter.started(request));
    }
}
