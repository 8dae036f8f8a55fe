package dev.gimbal.retrieval;

import dev.gimbal.bundle.Manifest;
import dev.gimbal.dataset.Value;
import dev.gimbal.embedding.Embedder;
import dev.gimbal.store.Collections;
import dev.gimbal.store.Embeddings;
import dev.gimbal.store.Item;
import dev.gimbal.store.Items;
import dev.gimbal.store.Outage;
import dev.gimbal.store.Payload;
import dev.gimbal.store.Progress;
import dev.gimbal.store.SearchCollection;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/// Moves a collection to another model: its vectors are made beside the old ones, which answer
/// until all are there.
@Component
public final class Reembedding {
    private final ActiveModels models;
    private final Collections collections;
    private final Items items;
    private final Embeddings embeddings;

    public Reembedding(
            ActiveModels models, Collections collections, Items items, Embeddings embeddings) {
        this.models = models;
        this.collections = collections;
        this.items = items;
        this.embeddings = embeddings;
    }

    /// Embeds what lacks a vector of the new model, then makes it the active one.
    ///
    /// @return how many vectors were made
    public long run(String collection, String fingerprint, Progress progress) {
        SearchCollection from = collections.get(collection);
        Embedder embedder = models.get(fingerprint);
        Manifest manifest = embedder.bundle().manifest();
        List<String> modalities =
                from.modalities().stream().filter(manifest.indexDimensions()::containsKey).toList();
        long total = items.count(collection) * modalities.size();
        long done = 0;
        do { // again while items come in, or change, that only have vectors of the model before
            for (String modality : modalities) {
                List<Item> missing = missing(collection, fingerprint, modality, null);
                while (!missing.isEmpty()) {
                    progress.checkCancelled();
                    List<Item> lacking = missing;
                    done += Outage.outlast(() -> embed(collection, embedder, modality, lacking));
                    progress.report(done, Math.max(total, done));
                    UUID last = missing.getLast().key();
                    missing = missing(collection, fingerprint, modality, last);
                }
            }
        } while (!Outage.outlast(() -> embeddings.activate(collection, fingerprint, modalities)));
        return done;
    }

    private List<Item> missing(
            String collection, String fingerprint, String modality, @Nullable UUID after) {
        return Outage.outlast(() ->
                embeddings.missing(collection, fingerprint, modality, after, Ingestion.BATCH));
    }

    /// @return how many were looked at
    private int embed(String collection, Embedder embedder, String modality, List<Item> missing) {
        Manifest manifest = embedder.bundle().manifest();
        List<UUID> keys = missing.stream().map(Item::key).toList();
        Map<UUID, Payload> payloads = items.payloads(collection, keys, modality);
        List<Item> present = new ArrayList<>();
        List<Value> values = new ArrayList<>();
        for (Item item : missing) {
            Payload payload = payloads.get(item.key());
            if (payload != null) {
                present.add(item);
                values.add(
                        Payloads.value(
                                payload,
                                manifest.architecture().modality(modality),
                                "item " + item.externalId()));
            }
        }
        float[][] vectors = embedder.indexVectorsOfAll(modality, values);
        Map<Item, float[]> made = new HashMap<>();
        for (int i = 0; i < present.size(); i++) {
            made.put(present.get(i), vectors[i]);
        }
        embeddings.put(collection, manifest.fingerprint(), modality, made);
        return missing.size();
    }
}
