package dev.gimbal.retrieval;

import dev.gimbal.bundle.ModelBundle;
import dev.gimbal.embedding.Embedder;
import dev.gimbal.embedding.LoadedModels;
import dev.gimbal.store.ConflictException;
import dev.gimbal.store.Models;
import dev.gimbal.store.NotFoundException;
import dev.gimbal.store.SearchCollection;
import dev.gimbal.store.StoredModel;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/// The model behind a collection, fetched from the database by its fingerprint where it is not in
/// memory yet.
@Component
public final class ActiveModels {
    private final LoadedModels loaded;
    private final Models stored;

    /// Of the descriptions that are in memory, by fingerprint.
    private final Map<String, Long> versions = new ConcurrentHashMap<>();

    public ActiveModels(LoadedModels loaded, Models stored) {
        this.loaded = loaded;
        this.stored = stored;
    }

    /// The model that a collection is searched by.
    ///
    /// @param asked fingerprint that the caller relies on, if any
    /// @throws ModelMismatchException when that is another one
    /// @throws ConflictException when the collection has none yet
    public Embedder of(SearchCollection collection, @Nullable String asked) {
        String active = collection.model();
        if (active == null) {
            throw new ConflictException(
                    "collection '" + collection.name() + "' has no active model yet");
        }
        if (asked != null && !asked.equals(active)) {
            throw new ModelMismatchException(
                    asked,
                    "collection '%s' is searched by the vectors of model %s; a point of another"
                                    .formatted(collection.name(), active)
                            + " model means nothing among them");
        }
        Embedder model = get(active);
        if (versions.getOrDefault(active, 0L) < collection.modelVersion()) {
            stored.find(active).ifPresent(this::renew); // another replica has renamed a factor
        }
        return model;
    }

    /// The model of that fingerprint.
    ///
    /// @throws NotFoundException when neither memory nor database has it
    public Embedder get(String fingerprint) {
        Optional<Embedder> inMemory = loaded.find(fingerprint);
        return inMemory.orElseGet(() -> load(fingerprint));
    }

    /// The model of that fingerprint or, failing that, the newest of that name.
    ///
    /// @throws NotFoundException when there is none
    public Embedder named(String reference) {
        StoredModel model = stored.named(reference);
        Embedder embedder = get(model.fingerprint());
        renew(model);
        return embedder;
    }

    /// Takes what the database says of a model that is in memory, if that is newer.
    public synchronized void renew(StoredModel model) {
        String fingerprint = model.fingerprint();
        Optional<Embedder> inMemory = loaded.find(fingerprint);
        if (inMemory.isPresent() && versions.getOrDefault(fingerprint, 0L) < model.version()) {
            byte[] weights = inMemory.get().bundle().weights();
            loaded.install(ModelBundle.of(model.manifest(), weights));
            versions.put(fingerprint, model.version());
        }
    }

    private synchronized Embedder load(String fingerprint) {
        StoredModel model =
                stored.find(fingerprint)
                        .orElseThrow(() -> new NotFoundException("model", fingerprint));
        Embedder embedder =
                loaded.install(ModelBundle.of(model.manifest(), stored.weights(fingerprint)));
        versions.merge(fingerprint, model.version(), Math::max);
        return embedder;
    }
}
