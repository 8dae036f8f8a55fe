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
import dev.gimbal.store.Models;
import dev.gimbal.store.Payload;
import dev.gimbal.store.SearchCollection;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
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
    private final ActiveModels active;
    private final Ingestion ingestion;
    private final boolean examples;

    FirstStart(
            Models models,
            Collections collections,
            ActiveModels active,
            Ingestion ingestion,
            @org.springframework.beans.factory.annotation.Value("${gimbal.examples:true}")
                    boolean examples) {
        this.models = models;
        this.collections = collections;
        this.active = active;
        this.ingestion = ingestion;
        this.examples = examples;
    }

    @Override
    public void run(ApplicationArguments arguments) throws IOException {
        if (examples && models.list().isEmpty() && collections.list().isEmpty()) {
            install();
        }
        for (SearchCollection collection : collections.list()) {
            if (collection.model() != null) {
                active.get(collection.model());
            }
        }
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
                collections.create(
                        COLLECTION,
                        bundle.manifest().modalities().stream().map(Modality::name).toList(),
                        bundle.fingerprint(),
                        Engine.EXACT);
        List<NewItem> ovals = ovals();
        for (int start = 0; start < ovals.size(); start += Ingestion.BATCH) {
            List<Ingestion.Checked> batch =
                    ovals.subList(start, Math.min(start + Ingestion.BATCH, ovals.size())).stream()
                            .map(item -> ingestion.check(collection, item))
                            .toList();
            ingestion.write(collection, batch);
        }
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
        List<NewItem> items = new ArrayList<>();
        for (Split split : Split.values()) {
            FactorTable factors = sprites.factors(split);
            for (int i = 0; i < sprites.size(split); i++) {
                Example example = sprites.example(split, i);
                float[] pixels = Objects.requireNonNull(example.values().get(TARGET));
                ObjectNode attributes = JsonNodeFactory.instance.objectNode();
                for (int k = 0; k < factors.names().size(); k++) {
                    attributes.put(factors.names().get(k), factors.values()[i][k]);
                }
                items.add(
                        new NewItem(
                                example.id(),
                                Map.of(
                                        TARGET,
                                        new Payload.Bytes(
                                                "image/png", ImageWriter.png(pixels, oval))),
                                attributes));
            }
        }
        return items;
    }

    private static byte[] resource(String name) throws IOException {
        try (InputStream in =
                Objects.requireNonNull(
                        FirstStart.class.getResourceAsStream(BUNDLE + name), BUNDLE + name)) {
            return in.readAllBytes();
        }
    }
}
