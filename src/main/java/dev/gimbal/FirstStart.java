package dev.gimbal;

import dev.gimbal.bundle.ModelBundle;
import dev.gimbal.dataset.Modality;
import dev.gimbal.retrieval.ActiveModels;
import dev.gimbal.retrieval.Ingestion;
import dev.gimbal.store.Collections;
import dev.gimbal.store.Engine;
import dev.gimbal.store.GimbalProperties;
import dev.gimbal.store.Items;
import dev.gimbal.store.Models;
import dev.gimbal.store.SearchCollection;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.ApplicationArguments;
import org.springframework.boot.ApplicationRunner;
import org.springframework.stereotype.Component;

/// Makes a fresh service useful: installs the bundled models, each with a collection that shows
/// what it does ([BundledExample]), before the service says that it is ready. On later starts it
/// only loads the models that collections need.
///
/// `gimbal.examples=false` leaves a fresh database empty.
@Component
final class FirstStart implements ApplicationRunner {
    private static final Logger LOG = LoggerFactory.getLogger(FirstStart.class);

    private final Models models;
    private final Collections collections;
    private final Items items;
    private final ActiveModels active;
    private final Ingestion ingestion;
    private final boolean examples;

    FirstStart(
            Models models,
            Collections collections,
            Items items,
            ActiveModels active,
            Ingestion ingestion,
            GimbalProperties properties) {
        this.models = models;
        this.collections = collections;
        this.items = items;
        this.active = active;
        this.ingestion = ingestion;
        this.examples = properties.examples();
    }

    @Override
    public void run(ApplicationArguments arguments) throws IOException {
        if (examples && (isFresh() || wasCutShort())) {
            Map<BundledExample, ModelBundle> bundles = new LinkedHashMap<>();
            for (BundledExample example : BundledExample.ALL) {
                bundles.put(example, install(example));
            }
            bundles.entrySet().parallelStream().forEach(e -> fill(e.getKey(), e.getValue()));
        }
        for (SearchCollection collection : collections.list()) {
            if (collection.model() != null) {
                active.get(collection.model()).warmUp();
            }
        }
    }

    private boolean isFresh() {
        return models.list().isEmpty() && collections.list().isEmpty();
    }

    /// Whether an earlier first start ended before everything was written: there are no models but
    /// bundled ones, and one of them, or the items of a collection, which come all at once, are
    /// missing.
    private boolean wasCutShort() {
        boolean onlyOurs =
                models.list().stream()
                        .allMatch(model ->
                                BundledExample.ALL.stream()
                                        .anyMatch(e -> e.model().equals(model.name())));
        return onlyOurs
                && !models.list().isEmpty()
                && (models.list().size() < BundledExample.ALL.size()
                        || BundledExample.ALL.stream().anyMatch(this::isEmpty));
    }

    private boolean isEmpty(BundledExample example) {
        return collections.find(example.collection()).isPresent()
                && items.count(example.collection()) == 0;
    }

    private ModelBundle install(BundledExample example) throws IOException {
        ModelBundle bundle = example.bundle();
        models.put(
                bundle.fingerprint(),
                bundle.manifest().name(),
                bundle.manifest().family().id(),
                bundle.manifestJson(),
                bundle.weights());
        return bundle;
    }

    private void fill(BundledExample example, ModelBundle bundle) {
        SearchCollection collection =
                collections
                        .find(example.collection())
                        .orElseGet(() ->
                                collections.create(
                                        example.collection(),
                                        bundle.manifest().modalities().stream()
                                                .map(Modality::name)
                                                .toList(),
                                        bundle.fingerprint(),
                                        Engine.EXACT));
        if (items.count(example.collection()) > 0) {
            return;
        }
        List<Ingestion.Checked> checked =
                example.items().parallelStream()
                        .map(item -> ingestion.check(collection, item))
                        .toList();
        ingestion.write(collection, checked); // one transaction: all of them or none
        LOG.info(
                "first start: model '{}' and collection '{}' with {} items are there",
                example.model(),
                example.collection(),
                checked.size());
    }
}
