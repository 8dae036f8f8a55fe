package dev.gimbal;

import dev.gimbal.bundle.ModelBundle;
import dev.gimbal.dataset.Modality;
import dev.gimbal.retrieval.ActiveModels;
import dev.gimbal.retrieval.Ingestion;
import dev.gimbal.store.Collections;
import dev.gimbal.store.ConflictException;
import dev.gimbal.store.Engine;
import dev.gimbal.store.Items;
import dev.gimbal.store.Models;
import dev.gimbal.store.SearchCollection;
import java.io.IOException;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/// Puts bundled examples into the database. What is there already is left as it is, so that doing
/// it again completes what was cut short.
@Component
final class ExampleInstaller {
    private static final Logger LOG = LoggerFactory.getLogger(ExampleInstaller.class);

    private final Models models;
    private final Collections collections;
    private final Items items;
    private final ActiveModels active;
    private final Ingestion ingestion;

    ExampleInstaller(
            Models models,
            Collections collections,
            Items items,
            ActiveModels active,
            Ingestion ingestion) {
        this.models = models;
        this.collections = collections;
        this.items = items;
        this.active = active;
        this.ingestion = ingestion;
    }

    /// Stores the model, and makes the collection, still empty.
    ///
    /// @return the model's fingerprint
    String prepare(BundledExample example) throws IOException {
        ModelBundle bundle = example.bundle();
        models.put(bundle);
        if (collections.find(example.collection()).isEmpty()) {
            create(example, bundle);
        }
        return bundle.fingerprint();
    }

    private void create(BundledExample example, ModelBundle bundle) {
        List<String> modalities =
                bundle.manifest().modalities().stream().map(Modality::name).toList();
        try {
            collections.create(
                    example.collection(), modalities, bundle.fingerprint(), Engine.EXACT);
        } catch (ConflictException _) {
            LOG.info("another instance has made collection '{}'", example.collection());
        }
    }

    /// Fills the collection, unless it has items or was deleted meanwhile, and warms its model up.
    ///
    /// @return how many items it got
    int fill(BundledExample example) {
        return collections
                .find(example.collection())
                .filter(collection -> items.count(collection.name()) == 0)
                .map(collection -> fill(example, collection))
                .orElse(0);
    }

    private int fill(BundledExample example, SearchCollection collection) {
        active.of(collection, null).warmUp();
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
        return checked.size();
    }
}
