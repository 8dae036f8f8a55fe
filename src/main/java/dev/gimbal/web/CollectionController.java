package dev.gimbal.web;

import dev.gimbal.bundle.Manifest;
import dev.gimbal.dataset.BadInputException;
import dev.gimbal.dataset.Modality;
import dev.gimbal.retrieval.ActiveModels;
import dev.gimbal.retrieval.Reembedding;
import dev.gimbal.store.ApiKey;
import dev.gimbal.store.Collections;
import dev.gimbal.store.ConflictException;
import dev.gimbal.store.Engine;
import dev.gimbal.store.Items;
import dev.gimbal.store.NotFoundException;
import dev.gimbal.store.OperationRunner;
import dev.gimbal.store.SearchCollection;
import jakarta.servlet.http.HttpServletRequest;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.node.JsonNodeFactory;

/// Collections. Naming another model for one that is there embeds it anew in the background; the
/// old vectors answer until all new ones are ready.
@RestController
@RequestMapping("/v1/collections")
class CollectionController {
    private final Collections collections;
    private final Items items;
    private final ActiveModels models;
    private final Reembedding reembedding;
    private final OperationRunner operations;

    CollectionController(
            Collections collections,
            Items items,
            ActiveModels models,
            Reembedding reembedding,
            OperationRunner operations) {
        this.collections = collections;
        this.items = items;
        this.models = models;
        this.reembedding = reembedding;
        this.operations = operations;
    }

    @Requires(value = ApiKey.Scope.READ, boundKeysToo = true)
    @GetMapping
    List<CollectionResponse> list(HttpServletRequest request) {
        Caller caller = KeyFilter.caller(request);
        List<SearchCollection> reached =
                collections.list().stream()
                        .filter(collection -> caller == null || caller.reaches(collection.name()))
                        .toList();
        Map<Long, Long> counts = items.counts(reached);
        return reached.stream()
                .map(one -> CollectionResponse.of(one, counts.getOrDefault(one.id(), 0L)))
                .toList();
    }

    @GetMapping("/{collection}")
    CollectionResponse get(@PathVariable String collection) {
        return response(collections.get(collection));
    }

    @PutMapping("/{collection}")
    ResponseEntity<?> put(@PathVariable String collection, @RequestBody CollectionRequest body) {
        String reference = body.model();
        if (reference == null) {
            throw new BadInputException("model", "none", "name the model to search by");
        }
        Manifest manifest = models.named(reference).bundle().manifest();
        Engine engine = engine(body.engine());
        List<String> modalities = modalities(manifest, body.modalities());
        Optional<SearchCollection> present = collections.find(collection);
        if (present.isPresent()) {
            return change(present.get(), body, manifest);
        }
        requireDimensions(manifest, engine, modalities);
        SearchCollection created = create(collection, modalities, manifest.fingerprint(), engine);
        return ResponseEntity.created(URI.create("/v1/collections/" + collection))
                .body(response(created));
    }

    @DeleteMapping("/{collection}")
    ResponseEntity<Void> delete(@PathVariable String collection) {
        if (!collections.delete(collection)) {
            throw new NotFoundException("collection", collection);
        }
        return ResponseEntity.noContent().build();
    }

    private ResponseEntity<?> change(
            SearchCollection present, CollectionRequest body, Manifest manifest) {
        String fingerprint = manifest.fingerprint();
        String engine = body.engine();
        if (engine != null && !engine.equals(present.engine().id())) {
            throw new ConflictException(
                    "collection '%s' is searched by engine '%s'; make another for '%s'"
                            .formatted(present.name(), present.engine().id(), engine));
        }
        List<String> modalities = body.modalities();
        if (modalities != null && !modalities.equals(present.modalities())) {
            throw new ConflictException(
                    "collection '%s' has modalities %s; make another for %s"
                            .formatted(present.name(), present.modalities(), modalities));
        }
        if (fingerprint.equals(present.model())) {
            return ResponseEntity.ok(response(present));
        }
        requireModalities(manifest, present);
        requireDimensions(manifest, present.engine(), present.modalities());
        UUID operation =
                operations.submit(
                        "re-embed",
                        progress ->
                                JsonNodeFactory.instance
                                        .objectNode()
                                        .put(
                                                "embedded",
                                                reembedding.run(
                                                        present.name(), fingerprint, progress)));
        return Accepted.answer(operation, null);
    }

    private SearchCollection create(
            String name, List<String> modalities, String fingerprint, Engine engine) {
        try {
            return collections.create(name, modalities, fingerprint, engine);
        } catch (IllegalArgumentException e) {
            String message = String.valueOf(e.getMessage());
            boolean aboutName = message.startsWith("collection name");
            throw new BadInputException(
                    aboutName ? "collection" : "engine", aboutName ? name : engine.id(), message);
        }
    }

    private static Engine engine(@Nullable String id) {
        try {
            return id == null ? Engine.EXACT : Engine.of(id);
        } catch (IllegalArgumentException e) {
            throw new BadInputException(
                    "engine", String.valueOf(id), String.valueOf(e.getMessage()));
        }
    }

    private static List<String> modalities(Manifest manifest, @Nullable List<String> asked) {
        List<String> known = manifest.modalities().stream().map(Modality::name).toList();
        if (asked == null) {
            return known;
        }
        for (int i = 0; i < asked.size(); i++) {
            if (!known.contains(asked.get(i))) {
                throw new BadInputException(
                        "modalities[" + i + "]",
                        String.valueOf(asked.get(i)),
                        "unknown modality '%s', known are %s".formatted(asked.get(i), known));
            }
        }
        if (asked.isEmpty() || asked.stream().distinct().count() != asked.size()) {
            throw new BadInputException(
                    "modalities", asked, "modalities must be one or more distinct names");
        }
        return asked;
    }

    /// An item of a modality that the model does not know would be found by nobody.
    private static void requireModalities(Manifest manifest, SearchCollection collection) {
        List<String> known = manifest.modalities().stream().map(Modality::name).toList();
        List<String> unknown =
                collection.modalities().stream().filter(m -> !known.contains(m)).toList();
        if (!unknown.isEmpty()) {
            throw new BadInputException(
                    "model",
                    manifest.name(),
                    "it knows %s, but collection '%s' has %s too"
                            .formatted(known, collection.name(), unknown));
        }
    }

    private static void requireDimensions(
            Manifest manifest, Engine engine, List<String> modalities) {
        for (String modality : modalities) {
            try {
                engine.requireDimension(manifest.indexDimensions().getOrDefault(modality, 0));
            } catch (IllegalArgumentException e) {
                throw new BadInputException("engine", engine.id(), String.valueOf(e.getMessage()));
            }
        }
    }

    private CollectionResponse response(SearchCollection collection) {
        return CollectionResponse.of(collection, items.count(collection.name()));
    }
}
