package dev.gimbal;

import dev.gimbal.bundle.ModelBundle;
import dev.gimbal.dataset.Example;
import dev.gimbal.dataset.FactorTable;
import dev.gimbal.dataset.ImageWriter;
import dev.gimbal.dataset.Modality;
import dev.gimbal.dataset.Split;
import dev.gimbal.dataset.Sprites;
import dev.gimbal.retrieval.ActiveModels;
import dev.gimbal.retrieval.Ingestion;
import dev.gimbal.retrieval.NewItem;
import dev.gimbal.store.Collections;
import dev.gimbal.store.Engine;
import dev.gimbal.store.GimbalProperties;
import dev.gimbal.store.Items;
import dev.gimbal.store.Models;
import dev.gimbal.store.Payload;
import dev.gimbal.store.SearchCollection;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.IntStream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.ApplicationArguments;
import org.springframework.boot.ApplicationRunner;
import org.springframework.stereotype.Component;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// Makes a fresh service useful: installs the bundled model `sprites-rivae` and a collection of its
/// ovals, before the service says that it is ready. On later starts it only loads the models that
/// collections need.
///
/// `gimbal.examples=false` leaves a fresh database empty.
@Component
final class FirstStart implements ApplicationRunner {
    private static final Logger LOG = LoggerFactory.getLogger(FirstStart.class);
    private static final String BUNDLE = "/bundled/sprites-rivae/";
    private static final String COLLECTION = "ovals";
    private static final String TARGET = "oval";

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
            install();
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

    /// Whether an earlier first start ended before its items were written.
    private boolean wasCutShort() {
        return models.list().size() == 1
                && collections.find(COLLECTION).isPresent()
                && items.count(COLLECTION) == 0;
    }

    private void install() throws IOException {
        ModelBundle bundle =
                ModelBundle.of(
                        new String(resource("manifest.json"), StandardCharsets.UTF_8),
                        resource("weights.safetensors"));
        models.put(
                bundle.fingerprint(),
                bundle.manifest().name(),
                bundle.manifest().family().id(),
                bundle.manifestJson(),
                bundle.weights());
        SearchCollection collection =
                collections
                        .find(COLLECTION)
                        .orElseGet(() ->
                                collections.create(
                                        COLLECTION,
                                        bundle.manifest().modalities().stream()
                                                .map(Modality::name)
                                                .toList(),
                                        bundle.fingerprint(),
                                        Engine.EXACT));
        List<Ingestion.Checked> ovals =
                ovals().parallelStream().map(item -> ingestion.check(collection, item)).toList();
        ingestion.write(collection, ovals); // one transaction: all of them or none
        LOG.info(
                "first start: model '{}' and collection '{}' with {} items are there",
                bundle.manifest().name(),
                COLLECTION,
                ovals.size());
    }

    /// The ovals of every split, with their true factors as attributes.
    private static List<NewItem> ovals() {
        Sprites sprites = new Sprites(1);
        Modality oval = sprites.modality(TARGET);
        return Arrays.stream(Split.values())
                .flatMap(split -> {
                    FactorTable factors = sprites.factors(split);
                    return IntStream.range(0, sprites.size(split))
                            .mapToObj(i -> item(sprites.example(split, i), oval, factors, i));
                })
                .parallel()
                .toList();
    }

    private static NewItem item(Example example, Modality oval, FactorTable factors, int row) {
        float[] pixels = Objects.requireNonNull(example.values().get(TARGET)).numbers();
        ObjectNode attributes = JsonNodeFactory.instance.objectNode();
        for (int k = 0; k < factors.names().size(); k++) {
            attributes.put(factors.names().get(k), factors.values()[row][k]);
        }
        return new NewItem(
                example.id(),
                Map.of(TARGET, new Payload.Bytes("image/png", ImageWriter.png(pixels, oval))),
                attributes);
    }

    private static byte[] resource(String name) throws IOException {
        try (InputStream in =
                Objects.requireNonNull(
                        FirstStart.class.getResourceAsStream(BUNDLE + name), BUNDLE + name)) {
            return in.readAllBytes();
        }
    }
}
