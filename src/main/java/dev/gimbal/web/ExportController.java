package dev.gimbal.web;

import dev.gimbal.store.Collections;
import dev.gimbal.store.Item;
import dev.gimbal.store.Items;
import dev.gimbal.store.Payload;
import dev.gimbal.store.SearchCollection;
import jakarta.servlet.http.HttpServletResponse;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.HttpHeaders;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.json.JsonMapper;

/// A collection as NDJSON, one line an item by external id, in the form that a bulk upload takes:
/// ingested again, it has the same items with the same content hashes.
///
/// Pages are read while they are sent, so the memory needed is a page's, and the export is of no
/// single moment: an item written meanwhile is in it or not. What fails on the way cuts the
/// transfer off, so that it does not look whole.
@RestController
class ExportController {
    private static final Logger LOG = LoggerFactory.getLogger(ExportController.class);
    private static final int PAGE = 64;

    private final Collections collections;
    private final Items items;
    private final JsonMapper json;

    ExportController(Collections collections, Items items, JsonMapper json) {
        this.collections = collections;
        this.items = items;
        this.json = json;
    }

    @GetMapping("/v1/collections/{collection}/items/export")
    void export(@PathVariable String collection, HttpServletResponse response) {
        SearchCollection source = collections.get(collection);
        response.setContentType("application/x-ndjson");
        response.setHeader(
                HttpHeaders.CONTENT_DISPOSITION,
                "attachment; filename=\"" + source.name() + ".ndjson\"");
        try {
            // not closed here: the end of the body must mean that all of it is there
            OutputStream out = new BufferedOutputStream(response.getOutputStream(), 1 << 16);
            write(source, out);
            out.flush();
        } catch (IOException e) {
            LOG.debug("the client of an export has gone", e);
        }
    }

    private void write(SearchCollection source, OutputStream out) throws IOException {
        String after = null;
        List<Item> page;
        do {
            page = items.list(source.name(), after, PAGE);
            for (ItemRequest line : lines(source, page)) {
                out.write(json.writeValueAsBytes(line));
                out.write('\n');
                after = page.getLast().externalId();
            }
        } while (page.size() == PAGE);
    }

    private List<ItemRequest> lines(SearchCollection source, List<Item> page) {
        List<UUID> keys = page.stream().map(Item::key).toList();
        Map<UUID, Map<String, @Nullable ItemValue>> values = new HashMap<>();
        for (String modality : source.modalities()) {
            items.payloads(source.name(), keys, modality)
                    .forEach((key, payload) ->
                            values.computeIfAbsent(key, _ -> new TreeMap<>())
                                    .put(modality, value(payload)));
        }
        return page.stream()
                .filter(item -> values.containsKey(item.key())) // else deleted since it was listed
                .map(item ->
                        new ItemRequest(
                                item.externalId(), values.get(item.key()), item.attributes()))
                .toList();
    }

    private static ItemValue value(Payload payload) {
        return switch (payload) {
            case Payload.Bytes(_, byte[] content) -> new ItemValue(content, null, null);
            case Payload.Vector(float[] numbers) -> new ItemValue(null, numbers, null);
            case Payload.Text(String text) -> new ItemValue(null, null, text);
        };
    }
}
