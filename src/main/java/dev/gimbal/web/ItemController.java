package dev.gimbal.web;

import dev.gimbal.dataset.BadInputException;
import dev.gimbal.retrieval.Ingestion;
import dev.gimbal.store.ApiKey;
import dev.gimbal.store.Collections;
import dev.gimbal.store.Item;
import dev.gimbal.store.Items;
import dev.gimbal.store.NotFoundException;
import dev.gimbal.store.Payload;
import dev.gimbal.store.SearchCollection;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.CacheControl;
import org.springframework.http.ContentDisposition;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.json.JsonMapper;

/// Items: many at once as NDJSON, or one at a time. Ids may hold slashes, so they travel as a
/// parameter.
@RestController
@RequestMapping("/v1/collections/{collection}/items")
class ItemController {
    private static final int MOST_LISTED = 1000;
    private static final Duration KEPT = Duration.ofDays(365);

    private final Collections collections;
    private final Items items;
    private final Ingestion ingestion;
    private final BulkUpload uploads;
    private final JsonMapper json;

    ItemController(
            Collections collections,
            Items items,
            Ingestion ingestion,
            BulkUpload uploads,
            JsonMapper json) {
        this.collections = collections;
        this.items = items;
        this.ingestion = ingestion;
        this.uploads = uploads;
        this.json = json;
    }

    /// A page of items.
    ///
    /// @param after the last id of the page before
    record Page(List<ItemResponse> items, @Nullable String after) {}

    @Requires(ApiKey.Scope.WRITE)
    @PostMapping(consumes = {"application/x-ndjson", "application/ndjson", "application/jsonl"})
    ResponseEntity<Accepted> upload(@PathVariable String collection, InputStream body)
            throws IOException {
        return Accepted.answer(uploads.submit(collections.get(collection), body), null);
    }

    @Requires(ApiKey.Scope.WRITE)
    @PutMapping(params = "id", consumes = MediaType.APPLICATION_JSON_VALUE)
    ItemResponse put(
            @PathVariable String collection,
            @RequestParam String id,
            @RequestBody ItemRequest body) {
        SearchCollection target = collections.get(collection);
        Ingestion.Checked checked = ingestion.check(target, body.item(id));
        ingestion.write(target, List.of(checked));
        return ItemResponse.of(find(collection, id));
    }

    @GetMapping(params = "id")
    ItemResponse get(@PathVariable String collection, @RequestParam String id) {
        return ItemResponse.of(find(collection, id));
    }

    /// Items drawn at random, in the order of the draw; the same seed draws the same ones.
    @GetMapping(params = {"sample", "!id"})
    Page sample(
            @PathVariable String collection,
            @RequestParam int sample,
            @RequestParam(defaultValue = "1") long seed) {
        if (sample < 1 || sample > MOST_LISTED) {
            throw new BadInputException("sample", sample, "sample must be 1 to " + MOST_LISTED);
        }
        List<Item> drawn = items.sample(collection, sample, seed);
        return new Page(drawn.stream().map(ItemResponse::of).toList(), null);
    }

    @GetMapping(params = {"!id", "!sample"})
    Page list(
            @PathVariable String collection,
            @RequestParam(required = false) @Nullable String after,
            @RequestParam(defaultValue = "100") int limit) {
        if (limit < 1 || limit > MOST_LISTED) {
            throw new BadInputException("limit", limit, "limit must be 1 to " + MOST_LISTED);
        }
        List<Item> page = items.list(collection, after, limit);
        return new Page(
                page.stream().map(ItemResponse::of).toList(),
                page.size() < limit ? null : page.getLast().externalId());
    }

    @Requires(ApiKey.Scope.WRITE)
    @DeleteMapping(params = "id")
    ResponseEntity<Void> delete(@PathVariable String collection, @RequestParam String id) {
        if (!items.delete(collection, id)) {
            throw new NotFoundException("item", id);
        }
        return ResponseEntity.noContent().build();
    }

    /// What was given for one modality of an item.
    ///
    /// @param hash content hash that the caller has seen; while it is the item's, the answer may be
    ///   kept for good
    @GetMapping("/payload")
    ResponseEntity<byte[]> payload(
            @PathVariable String collection,
            @RequestParam String id,
            @RequestParam String modality,
            @RequestParam(required = false) @Nullable String hash) {
        boolean lasting = find(collection, id).contentHash().equals(hash);
        Payload payload =
                items.payload(collection, id, modality)
                        .orElseThrow(() -> new NotFoundException("modality", modality));
        return switch (payload) {
            case Payload.Bytes(_, byte[] content) ->
                    served(PictureType.detect(content), content, lasting);
            case Payload.Text(String text) ->
                    served(
                            "text/plain;charset=UTF-8",
                            text.getBytes(StandardCharsets.UTF_8),
                            lasting);
            case Payload.Vector(float[] values) ->
                    served(
                            MediaType.APPLICATION_JSON_VALUE,
                            json.writeValueAsBytes(values),
                            lasting);
        };
    }

    /// A payload is a stranger's: its type is the detected one, nothing in it may run, and only
    /// pixels are shown in place.
    private static ResponseEntity<byte[]> served(String type, byte[] content, boolean lasting) {
        ContentDisposition disposition =
                PictureType.isRaster(type)
                        ? ContentDisposition.inline().build()
                        : ContentDisposition.attachment().filename("payload").build();
        return ResponseEntity.ok()
                .contentType(MediaType.parseMediaType(type))
                .cacheControl(
                        lasting
                                ? CacheControl.maxAge(KEPT).cachePrivate().immutable()
                                : CacheControl.noCache().cachePrivate())
                .header("X-Content-Type-Options", "nosniff")
                .header("Content-Security-Policy", "sandbox; default-src 'none'")
                .header(HttpHeaders.CONTENT_DISPOSITION, disposition.toString())
                .body(content);
    }

    private Item find(String collection, String id) {
        return items.find(collection, id).orElseThrow(() -> new NotFoundException("item", id));
    }
}
