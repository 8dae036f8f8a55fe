package dev.gimbal.retrieval;

import dev.gimbal.bundle.Manifest;
import dev.gimbal.dataset.BadInputException;
import dev.gimbal.dataset.Modality;
import dev.gimbal.dataset.Value;
import dev.gimbal.embedding.Embedder;
import dev.gimbal.store.Collections;
import dev.gimbal.store.Embedding;
import dev.gimbal.store.ItemWrite;
import dev.gimbal.store.Items;
import dev.gimbal.store.SearchCollection;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.TreeMap;
import org.springframework.stereotype.Component;

/// Puts items into a collection: checks them, makes their index vectors, writes them.
@Component
public final class Ingestion {
    /// Items in one transaction: large enough that its cost does not show, small enough that
    /// queries get their turn at the model.
    public static final int BATCH = 256;

    private final ActiveModels models;
    private final Collections collections;
    private final Items items;

    public Ingestion(ActiveModels models, Collections collections, Items items) {
        this.models = models;
        this.collections = collections;
        this.items = items;
    }

    /// An item whose payloads were read and fit its collection.
    ///
    /// @param values by modality
    public record Checked(NewItem item, Map<String, Value> values) {}

    /// Reads an item's payloads.
    ///
    /// @throws BadInputException naming the payload that does not fit
    public Checked check(SearchCollection collection, NewItem item) {
        Manifest manifest = models.of(collection, null).bundle().manifest();
        if (item.payloads().isEmpty()) {
            throw new BadInputException("values", "none", "an item has at least one value");
        }
        Map<String, Value> values = new HashMap<>();
        item.payloads()
                .forEach((modality, payload) -> {
                    String field = "values." + modality;
                    if (!collection.modalities().contains(modality)) {
                        throw new BadInputException(
                                field,
                                modality,
                                "unknown modality '%s', known are %s"
                                        .formatted(modality, collection.modalities()));
                    }
                    Modality known = manifest.architecture().modality(modality);
                    values.put(modality, Payloads.value(payload, known, field));
                });
        requireStorable(item);
        return new Checked(item, values);
    }

    /// What the database would refuse is refused here, where it is one item's fault.
    private static void requireStorable(NewItem item) {
        try {
            new ItemWrite(item.id(), item.payloads(), item.attributes(), List.of());
        } catch (IllegalArgumentException e) {
            String message = String.valueOf(e.getMessage());
            boolean id = message.startsWith("item id");
            throw new BadInputException(
                    id ? "id" : "attributes", id ? item.id() : item.attributes(), message);
        }
    }

    /// Writes items in one transaction; of two with the same id the later one counts. Where the
    /// collection has moved to another model meanwhile, they are checked and embedded anew.
    ///
    /// @return the collection's new change number
    /// @throws BadInputException when an item does not fit that other model
    public long write(SearchCollection collection, List<Checked> batch) {
        SearchCollection seen = collection;
        List<Checked> fitting = batch;
        OptionalLong change = items.upsert(seen, writes(seen, fitting));
        while (change.isEmpty()) {
            SearchCollection now = collections.get(collection.name());
            fitting = batch.stream().map(checked -> check(now, checked.item())).toList();
            seen = now;
            change = items.upsert(seen, writes(seen, fitting));
        }
        return change.getAsLong();
    }

    private List<ItemWrite> writes(SearchCollection collection, List<Checked> batch) {
        Embedder embedder = models.of(collection, null);
        Map<Integer, List<Embedding>> embeddings = embeddings(embedder, batch);
        List<ItemWrite> writes = new ArrayList<>(batch.size());
        for (int i = 0; i < batch.size(); i++) {
            NewItem item = batch.get(i).item();
            writes.add(
                    new ItemWrite(
                            item.id(),
                            item.payloads(),
                            item.attributes(),
                            embeddings.getOrDefault(i, List.of())));
        }
        return writes;
    }

    /// One pass over the model for each modality.
    private static Map<Integer, List<Embedding>> embeddings(
            Embedder embedder, List<Checked> batch) {
        Manifest manifest = embedder.bundle().manifest();
        Map<String, List<Integer>> places = new TreeMap<>();
        for (int i = 0; i < batch.size(); i++) {
            for (String modality : batch.get(i).values().keySet()) {
                if (manifest.indexDimensions().containsKey(modality)) {
                    places.computeIfAbsent(modality, _ -> new ArrayList<>()).add(i);
                }
            }
        }
        Map<Integer, List<Embedding>> embeddings = new HashMap<>();
        places.forEach((modality, rows) -> {
            List<Value> values =
                    rows.stream().map(i -> batch.get(i).values().get(modality)).toList();
            float[][] vectors = embedder.indexVectorsOfAll(modality, values);
            for (int r = 0; r < rows.size(); r++) {
                embeddings
                        .computeIfAbsent(rows.get(r), _ -> new ArrayList<>())
                        .add(new Embedding(manifest.fingerprint(), modality, vectors[r]));
            }
        });
        return embeddings;
    }
}
